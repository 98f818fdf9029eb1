using BenchmarkDotNet.Running;
using ScmIntegrations.Octokit.Benchmarks.Report;

switch (args)
{
    case ["report"]:
        await OctokitReport.RunAsync(page: null).ConfigureAwait(false);
        return 0;
    case ["report", "--update", var page]:
        await OctokitReport.RunAsync(page).ConfigureAwait(false);
        return 0;
    case ["report", ..]:
        await Console.Error.WriteLineAsync("usage: report [--update PAGE]").ConfigureAwait(false);
        return 2;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
