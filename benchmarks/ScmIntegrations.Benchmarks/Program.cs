using BenchmarkDotNet.Running;
using ScmIntegrations.Benchmarks.Report;
using ScmIntegrations.Simulations;
using ScmIntegrations.Simulations.Outages;

switch (args)
{
    case ["report", .. var options]:
        return await ReportCommand.RunAsync(options).ConfigureAwait(false);
    case ["simulations"]:
        SimulationTables.Write(Console.Out);
        await Console.Out.WriteLineAsync().ConfigureAwait(false);
        await OutageTable.WriteAsync(Console.Out).ConfigureAwait(false);
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
