using BenchmarkDotNet.Running;
using ScmIntegrations.Simulations;

switch (args)
{
    case ["simulations"]:
        SimulationTables.Write(Console.Out);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
