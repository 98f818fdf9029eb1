using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace ScmIntegrations.Benchmarks.Report;

/// <summary>What BenchmarkDotNet measured of one class, by method and parameter.</summary>
internal sealed class BenchmarkRun
{
    private readonly Summary _summary;

    private BenchmarkRun(Summary summary) => _summary = summary;

    public static BenchmarkRun Of<T>() => new(BenchmarkRunner.Run<T>(ManualConfig.CreateEmpty()
        .AddLogger(NullLogger.Instance)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .WithOptions(ConfigOptions.DisableLogFile)));

    /// <summary>The median time and the allocation of one call.</summary>
    public (double Nanoseconds, double Bytes) Of(string method, object? parameter = null)
    {
        var report = _summary.Reports.Single(one =>
            one.BenchmarkCase.Descriptor.WorkloadMethod.Name.Equals(method, StringComparison.Ordinal)
            && (parameter is null || one.BenchmarkCase.Parameters.Items.Any(item => parameter.Equals(item.Value))));
        var time = report.ResultStatistics ?? throw new InvalidOperationException($"The benchmark {method} did not run.");
        return (time.Median, report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
    }
}
