using Microsoft.Extensions.Options;
using Quickstart.Arguments;
using Quickstart.Commands;
using Quickstart.Output;
using Quickstart.Tour;

namespace Quickstart;

/// <summary>The whole program without its process: arguments in, text and an exit code out.</summary>
internal static class QuickstartApp
{
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        TextWriter output,
        TextWriter errors,
        Func<string, string?> environment,
        CancellationToken cancellationToken)
    {
        // Logs and progress come from many threads.
        errors = TextWriter.Synchronized(errors);
        try
        {
            if (arguments.Count == 0)
            {
                return await GuidedTour.RunAsync(output, errors, cancellationToken);
            }

            if (arguments.Contains("--help", StringComparer.Ordinal) || arguments.Contains("-h", StringComparer.Ordinal))
            {
                await output.WriteAsync(HelpText.Text);
                return ExitCode.Done;
            }

            var line = await CommandLineParser.ParseAsync(arguments, environment, cancellationToken);
            return await RunAsync(line, output, errors, cancellationToken);
        }
        catch (Exception wrong) when (wrong is UsageException or OptionsValidationException)
        {
            await errors.WriteLineAsync($"{wrong.Message}\n--help shows what can be asked.");
            return ExitCode.WrongArguments;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            await errors.WriteLineAsync("Cancelled.");
            return ExitCode.Cancelled;
        }
        catch (Exception unexpected)
        {
            await TellAsync(errors, $"{unexpected.GetType().Name}: {unexpected.Message}");
            return ExitCode.NotRead;
        }
    }

    private static async Task TellAsync(TextWriter errors, string text)
    {
        try
        {
            await errors.WriteLineAsync(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The error stream is gone as well: the exit code has to do.
        }
    }

    private static async Task<int> RunAsync(CommandLine line, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var mask = new SecretMask([.. line.Secrets]);
        IReport report = line.Json ? new JsonReport(output, mask, line.IsOfAccounts) : new TableReport(output, errors, mask);
        try
        {
            if (line.Answer is { } answer)
            {
                return await ExplainCommand.RunAsync(answer, report);
            }

            var logs = line.Json ? new ErrorStreamLoggerProvider(errors, mask) : null;
            if (line.Agent is { } agent)
            {
                await using var agents = AgentSession.Open(agent, line.Connection!, logs);
                return agent.Batch is null
                    ? await AgentsCommand.RunAsync(agent, agents, report, Progress(line, errors), cancellationToken)
                    : await LaunchCommand.RunAsync(agent, agents, report, Progress(line, errors), cancellationToken);
            }

            if (line.IsOfAccounts)
            {
                await using var accounts = await AccountSession.OpenAsync(line, errors, logs, cancellationToken);
                return line.Tool is { } tool
                    ? await ToolCommand.RunAsync(tool, accounts, report, cancellationToken)
                    : await AccountsCommand.RunAsync(line.Accounts!, accounts, report, Progress(line, errors), cancellationToken);
            }

            await using var session = Session.Open(line.Connection!, logs);
            return line.Command switch
            {
                CommandName.Repos => await ReposCommand.RunAsync(line, session, report, Progress(line, errors), cancellationToken),
                CommandName.Tree => await TreeCommand.RunAsync(line, session, report, cancellationToken),
                CommandName.Audit => await AuditCommand.RunAsync(session, report, Progress(line, errors), cancellationToken),
                _ => await ScanCommand.RunAsync(line, session, report, Progress(line, errors), cancellationToken),
            };
        }
        catch (Exception error) when (error is not (UsageException or OptionsValidationException) && !cancellationToken.IsCancellationRequested)
        {
            await report.CompleteAsync();
            await report.FailAsync(error);
            return ExitCode.NotRead;
        }
    }

    private static IProgressDisplay Progress(CommandLine line, TextWriter errors) =>
        line.Json ? new LineProgressDisplay(errors) : ProgressDisplay.For(errors);
}
