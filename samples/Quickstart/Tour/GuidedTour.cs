using Quickstart.Commands;
using Quickstart.Output;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using Spectre.Console;

namespace Quickstart.Tour;

/// <summary>Two passes over an organisation with everything that usually goes wrong in one.</summary>
internal static class GuidedTour
{
    public static async Task<int> RunAsync(TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var console = TextConsole.For(output);
        var checkout = await CheckoutTree.ReadAsync(Directory.GetCurrentDirectory(), cancellationToken);
        await using var gitHub = await TourGitHub.StartAsync(checkout.Tree, cancellationToken);
        Introduce(console, gitHub.Connection.ApiAddress, checkout.Origin);

        await using var session = Session.Open(gitHub.Connection, configure: Hurry);
        var report = new TableReport(output, errors, SecretMask.None);
        var display = ProgressDisplay.For(errors);
        var first = await ScanPass.RunAsync(1, new TreeScanOptions(), session, report, display, cancellationToken);
        var asked = AnswersOf(first).Sum(gitHub.TreeRequests);
        var second = await ScanPass.RunAsync(2, new TreeScanOptions(), session, report, display, cancellationToken);
        var askedAgain = AnswersOf(first).Sum(gitHub.TreeRequests) - asked;
        Conclude(console, askedAgain, second);
        console.WriteLine($"{TourGitHub.Failing} was asked {gitHub.TreeRequests(TourGitHub.Failing)} times in all: with each pass, attempts with a growing pause, then a second try at the end.");
        console.WriteLine("The ten lines of code behind this are in samples/Quickstart/Tour/FirstScreen.cs. To read a GitHub of yours: --help.");
        return ExitCode.Done;
    }

    private static void Hurry(GitHubIntegrationOptions options)
    {
        // A tour must not wait half a second before it asks a broken server again.
        options.Resilience.BackoffBase = TimeSpan.FromMilliseconds(20);

        // Of so few calls the failing repository makes half, which would pass for a GitHub that is down.
        options.Resilience.CircuitMinimumThroughput = 100;
    }

    private static void Introduce(IAnsiConsole console, Uri address, string origin)
    {
        console.MarkupLine("[bold]A tour of ScmIntegrations[/]");
        console.WriteLine($"A GitHub of our own listens on {address}. It has the organisation acme, whose repository acme/checkout is {origin}.");
        console.WriteLine("A GitHub App reads every tree through the cache, twice. Archived repositories are left out.");
        console.WriteLine();
    }

    /// <summary>The repositories that gave a tree, or said that they have none.</summary>
    private static IEnumerable<string> AnswersOf(ScanPass pass) =>
        pass.Readings.Where(reading => reading.Tree is not null).Select(reading => reading.Repository.FullName);

    private static string Names(ScanPass pass, TreeStatus status) =>
        string.Join(" and ", pass.Readings.Where(reading => reading.Status == status).Select(reading => reading.Repository.FullName).Order(StringComparer.Ordinal));

    private static void Conclude(IAnsiConsole console, int askedAgain, ScanPass second)
    {
        var failed = Names(second, TreeStatus.Unavailable);
        var skipped = Names(second, TreeStatus.Skipped);
        console.WriteLine(askedAgain == 0
            ? $"In pass 2 no tree that had been read or found empty was asked again; its requests are those for {failed}, because an error is never kept as a tree. What only a person can change is not asked again for an hour: {skipped}."
            : $"In pass 2, {askedAgain} requests asked again for trees that had been read.");
    }
}
