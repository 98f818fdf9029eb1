using System.Collections.Concurrent;
using ScmIntegrations.Errors;
using ScmIntegrations.Simulation.Tests.Scenarios;
using ScmIntegrations.Simulation.Tests.Server;

namespace ScmIntegrations.Simulation.Tests.Running;

/// <summary>What happened at all: a simulation in which something never happens says nothing about it.</summary>
internal sealed class Coverage
{
    private readonly ConcurrentDictionary<string, int> _seen = new(StringComparer.Ordinal);

    public void Add(RunRecord run)
    {
        foreach (var call in run.Calls)
        {
            See($"{call.Plan.Operation} {call.Ending}");
            See(call.Exception is ScmException error ? $"reason {error.Reason}" : "no reason");
        }

        foreach (var request in run.Requests)
        {
            See($"fault {request.Rule.Kind}");
        }
    }

    /// <summary>The faults that were never drawn, and the operations that never ended in one of their ways.</summary>
    public IEnumerable<string> Missing() =>
        Enum.GetValues<FaultKind>().Select(kind => $"fault {kind}")
            .Concat(
                from operation in Enum.GetValues<Operation>()
                from ending in (CallEnding[])[CallEnding.Result, CallEnding.ScmError, CallEnding.Cancelled]
                select $"{operation} {ending}")
            .Where(one => !_seen.ContainsKey(one));

    public override string ToString() =>
        string.Join(", ", _seen.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}: {one.Value}"));

    private void See(string what) => _seen.AddOrUpdate(what, 1, static (_, seen) => seen + 1);
}
