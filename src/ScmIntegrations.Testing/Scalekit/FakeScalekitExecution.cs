namespace ScmIntegrations.Testing;

/// <summary>One run of a tool of a <see cref="FakeScalekit"/>.</summary>
/// <param name="ToolName">The tool.</param>
/// <param name="Params">What it was given, as JSON.</param>
/// <param name="Account">On whose behalf.</param>
/// <param name="ExecutionId">The id of the run.</param>
/// <param name="AgentRunId">The run of an agent that it belongs to; <see langword="null"/> for none.</param>
public sealed record FakeScalekitExecution(string ToolName, string Params, FakeScalekitAccount Account, string ExecutionId, string? AgentRunId);
