using ScmIntegrations.PostgreSQL.Tests.Instances;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace ScmIntegrations.PostgreSQL.Tests;

internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [Instance.Argument] => InstanceProgram.RunAsync(),
        [WriterProgram.Argument] => WriterProgram.RunAsync(),
        _ when args.Any(argument => argument is "--server" or "--internal-msbuild-node") =>
            TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => ConsoleRunner.Run(args),
    };
}
