using Quickstart.Arguments;
using Quickstart.Output;

namespace Quickstart.Commands;

/// <summary>Runs a tool, once.</summary>
internal static class ToolCommand
{
    public static async Task<int> RunAsync(ToolArguments arguments, AccountSession session, IReport report, CancellationToken cancellationToken)
    {
        var result = await session.Gateway.ExecuteToolAsync(arguments.Call, cancellationToken);
        await report.ToolAsync(arguments.Call.ToolName, result);
        return ExitCode.Done;
    }
}
