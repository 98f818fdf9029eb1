using System.Runtime.CompilerServices;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Octokit.Tests.Registration;

/// <summary>Installations that are known only at run time.</summary>
public sealed class InstallationTests
{
    [Fact]
    public async Task Each_installation_speaks_with_its_own_credential()
    {
        await using var fixture = await StartAsync();

        foreach (var number in new[] { 1, 2 })
        {
            var repository = await fixture.Clients.GetInstallationClient(number).RunAsync("test", octokit => octokit.Repository.Get($"org{number}", "api"), TestContext.Current.CancellationToken);
            repository.FullName.Should().Be($"org{number}/api");
        }

        var tokens = fixture.GitHub.Find(HttpMethod.Get, "/repos/{owner}/{repo}").Select(request => request.Token).ToList();
        tokens.Should().HaveCount(2).And.OnlyHaveUniqueItems().And.OnlyContain(token => token!.StartsWith("ghs_"));
        fixture.GitHub.Count(HttpMethod.Post, "/app/installations/{id}/access_tokens").Should().Be(2);
    }

    [Fact]
    public async Task The_same_installation_is_the_same_instance()
    {
        await using var fixture = await StartAsync();

        fixture.Clients.GetInstallationClient(1).Should().BeSameAs(fixture.Clients.GetInstallationClient(1)).And.NotBeSameAs(fixture.Clients.GetInstallationClient(2));
        fixture.Clients.GetInstallationClient(1).Octokit.Should().BeSameAs(fixture.Clients.GetInstallationClient(1).Octokit);
    }

    [Fact]
    public async Task A_limit_of_one_installation_is_none_of_another()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/org1/api").Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(5)));

        await Record.ExceptionAsync(() => fixture.Clients.GetInstallationClient(1).Octokit.Repository.Get("org1", "api"));

        (await fixture.Clients.GetInstallationClient(2).Octokit.Repository.Get("org2", "api")).FullName.Should().Be("org2/api");
    }

    [Fact]
    public async Task A_token_that_was_revoked_is_renewed_and_the_call_carried_out()
    {
        await using var fixture = await StartAsync();
        var client = fixture.Clients.GetInstallationClient(1);
        await client.Octokit.Repository.Get("org1", "api");
        fixture.GitHub.RevokeAllTokens();

        var repository = await client.RunAsync("test", octokit => octokit.Repository.Get("org1", "api"), TestContext.Current.CancellationToken);

        repository.FullName.Should().Be("org1/api");
        fixture.GitHub.Count(HttpMethod.Post, "/app/installations/{id}/access_tokens").Should().Be(2);
        fixture.GitHub.Find(HttpMethod.Get, "/repos/org1/api").Select(request => request.Status).Should().Equal(200, 401, 200);
    }

    [Fact]
    public async Task A_removed_installation_is_a_typed_error_although_Octokit_sees_no_answer()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.RemoveInstallation(1);

        var call = () => fixture.Clients.GetInstallationClient(1).RunAsync("test", octokit => octokit.Repository.Get("org1", "api"), TestContext.Current.CancellationToken);

        await call.Should().ThrowAsync<ScmIntegrations.Errors.ScmInstallationException>();
    }

    [Fact]
    public async Task One_that_was_put_out_stays_the_same_while_somebody_holds_it()
    {
        await using var fixture = await StartAsync(mostKept: 1);
        var held = fixture.Clients.GetInstallationClient(1);
        Touch(fixture.Clients, 2);
        Collect();

        fixture.Clients.GetInstallationClient(1).Should().BeSameAs(held);
    }

    [Fact]
    public async Task One_that_was_put_out_and_that_nobody_holds_is_gone()
    {
        await using var fixture = await StartAsync(mostKept: 1);
        var octokit = Touch(fixture.Clients, 1);
        Touch(fixture.Clients, 2);
        Collect();

        octokit.IsAlive.Should().BeFalse("neither the factory nor the line keeps it");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_number_that_is_none_is_refused(long installation)
    {
        await using var fixture = await StartAsync();

        fixture.Invoking(one => one.Clients.GetInstallationClient(installation)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task A_client_without_an_App_has_no_installations()
    {
        await using var fixture = await OctokitFixture.StartAsync();

        fixture.Invoking(one => one.Clients.GetInstallationClient(1)).Should().Throw<InvalidOperationException>();
    }

    /// <summary>Asks for a client and lets it go; apart, so that no local of the test holds it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Touch(IOctokitIntegrationClientFactory clients, long installation) => new(clients.GetInstallationClient(installation));

    // What depends on each other by weak tables goes generation by generation.
    private static void Collect()
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static async Task<OctokitFixture> StartAsync(int mostKept = 1000)
    {
        var fixture = await OctokitFixture.StartAsync(setup => setup.Client = options =>
        {
            options.UseApp(OctokitSetup.ClientId, TestKeys.Pkcs1);
            options.MaxInstallationClients = mostKept;
        });
        var app = fixture.GitHub.AddApp(1, OctokitSetup.ClientId, TestKeys.Pkcs1);
        foreach (var number in new[] { 1, 2 })
        {
            fixture.GitHub.AddInstallation(app, number, $"org{number}");
            fixture.GitHub.AddRepository($"org{number}/api");
        }

        return fixture;
    }
}
