using Microsoft.Extensions.DependencyInjection;
using Quickstart.Tour;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.Quickstart.Tests;

public sealed class TourTests
{
    [Fact]
    public async Task Tour_shows_both_passes_and_tells_the_truth_about_the_second()
    {
        var run = await AppRun.WithAsync();

        run.ExitCode.Should().Be(0);
        run.Output.Should().ContainAll(
            "Pass 1", "Pass 2", "acme/checkout", "halted: empty_repository", "halted: permission_missing", "failure: server_error",
            "[administrator acts: Grant what is missing", "Where: https://github.com/organizations/acme/settings/installations/42]", "[nobody acts: Try again later",
            "15 requests (1 listing, 12 tree, 1 token, 1 look-up)", "6 requests (0 listing, 6 tree, 0 token)", "acme/forbidden not asked: Not asked again yet: 403",
            "In pass 2 no tree that had been read or found empty was asked again; its requests are those for acme/failing,", "not asked again for an hour: acme/forbidden.",
            "acme/failing was asked 12 times in all");
        run.Output.Should().NotContain("acme/archived").And.NotContain("\u001b").And.NotContain("PRIVATE KEY");
    }

    [Fact]
    public async Task First_screen_of_the_readme_runs()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md");
        acme.Add("empty");
        var services = new ServiceCollection();
        services.PostConfigure<GitHubIntegrationOptions>(gitHub => gitHub.ApiAddress = acme.Server.Address);

        await FirstScreen.RunAsync(services, acme.App.ClientId, acme.App.PrivateKeyPem, 42, TestContext.Current.CancellationToken);

        acme.Server.Count(HttpMethod.Get, "/repos/acme/api/git/trees/{sha}").Should().Be(1);
        acme.Server.Count(HttpMethod.Get, "/repos/acme/empty/git/trees/{sha}").Should().Be(2);
    }

    [Fact]
    public async Task Checkout_is_found_from_a_folder_below_it()
    {
        var checkout = await CheckoutTree.ReadAsync(AppContext.BaseDirectory, TestContext.Current.CancellationToken);

        checkout.Tree.Entries.Should().Contain(entry => entry.Path.EndsWith("ScmIntegrations.sln"));
        checkout.Origin.Should().Contain("checkout").And.NotStartWith("made up");
    }

    [Fact]
    public async Task Downloaded_archive_gives_its_files()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "ScmIntegrations.sln"), "", TestContext.Current.CancellationToken);
            var below = folder.CreateSubdirectory("samples");

            var checkout = await CheckoutTree.ReadAsync(below.FullName, TestContext.Current.CancellationToken);

            checkout.Tree.Entries.Select(entry => entry.Path).Should().Contain("ScmIntegrations.sln");
            checkout.Origin.Should().Contain("git could not be asked");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Outside_of_any_checkout_the_tree_is_made_up_and_says_so()
    {
        var checkout = await CheckoutTree.ReadAsync(Path.GetPathRoot(AppContext.BaseDirectory)!, TestContext.Current.CancellationToken);

        checkout.Tree.Entries.Should().NotBeEmpty();
        checkout.Origin.Should().StartWith("made up");
    }
}
