using System.Collections.Concurrent;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.Tests.Interactions;

internal sealed class RecordingReporter : IFailureReporter
{
    private readonly ConcurrentQueue<FailureReport> _reports = new();

    public IReadOnlyList<FailureReport> Reports => [.. _reports];

    public void Report(FailureReport report) => _reports.Enqueue(report);
}
