using Quickstart.Arguments;
using Quickstart.Output;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Interactions;

namespace Quickstart.Commands;

/// <summary>Reads one tree, past the cache.</summary>
internal static class TreeCommand
{
    public static async Task<int> RunAsync(CommandLine line, Session session, IReport report, CancellationToken cancellationToken)
    {
        var reading = await ReadAsync(line, session, cancellationToken);
        await report.ReadAsync(reading);
        await report.CompleteAsync();
        return reading.IsRead ? ExitCode.Done : ExitCode.NotRead;
    }

    private static async Task<RepositoryReading> ReadAsync(CommandLine line, Session session, CancellationToken cancellationToken)
    {
        var repository = line.Repository!;
        try
        {
            var tree = await session.Client.GetTreeAsync(repository, line.GitRef, cancellationToken);
            return new RepositoryReading(1, repository, TreeStatus.Fetched, tree, InteractionOutcome.Success, null);
        }
        catch (ScmEmptyRepositoryException empty)
        {
            return new RepositoryReading(1, repository, TreeStatus.Empty, new RepositoryTree("", []), InteractionOutcome.Halted, empty);
        }
        catch (ArgumentException wrong) when (wrong.ParamName is "gitRef")
        {
            // The library knows the rules of git, and checks them before it sends anything.
            throw new UsageException($"{OptionTable.Ref} is '{line.GitRef}', which is not a valid name of a branch, tag or commit.");
        }
    }
}
