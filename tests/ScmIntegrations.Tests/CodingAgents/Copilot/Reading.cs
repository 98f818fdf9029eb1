using ScmIntegrations.CodingAgents;

namespace ScmIntegrations.Tests.CodingAgents.Copilot;

/// <summary>Is told of each reading before the next is made, which <see cref="Progress{T}"/> does not promise.</summary>
internal sealed class Reading(Action<CodingAgentTask> tell) : IProgress<CodingAgentTask>
{
    public void Report(CodingAgentTask value) => tell(value);
}
