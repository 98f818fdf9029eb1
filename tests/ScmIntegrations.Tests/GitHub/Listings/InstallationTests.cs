using ScmIntegrations.Errors;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Listings;

/// <summary>The installation that a client speaks for.</summary>
public sealed class InstallationTests
{
    [Fact]
    public async Task The_installation_is_described_to_the_App_itself()
    {
        await using var fixture = await StartAsync();

        var installation = await fixture.Client.GetInstallationAsync(TestContext.Current.CancellationToken);

        installation.Id.Should().Be(7);
        installation.Account!.Login.Should().Be("acme");
        installation.TargetType.Should().Be("Organization");
        installation.RepositorySelection.Should().Be("all");
        installation.Permissions.Should().Contain("contents", "read");
        installation.SuspendedAt.Should().BeNull();
        fixture.GitHub.Requests.Should().ContainSingle("no token is minted for what the App asks as itself");
        fixture.Outcomes("get_installation").Should().Equal("started", "success");
    }

    [Fact]
    public async Task An_installation_that_is_gone_says_so()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.RemoveInstallation(7);

        (await fixture.Client.Invoking(client => client.GetInstallationAsync(TestContext.Current.CancellationToken))
            .Should().ThrowAsync<ScmInstallationException>()).Which.Reason.Should().Be(ErrorReason.InstallationGone);
    }

    [Fact]
    public async Task A_client_with_a_token_has_no_installation()
    {
        await using var fixture = await TreeFixture.StartAsync();

        await fixture.Client.Invoking(client => client.GetInstallationAsync(TestContext.Current.CancellationToken))
            .Should().ThrowAsync<InvalidOperationException>();

        fixture.GitHub.Requests.Should().BeEmpty();
        fixture.Outcomes("get_installation").Should().BeEmpty();
    }

    private static Task<TreeFixture> StartAsync() => TreeFixture.StartAsync(static (options, github) =>
    {
        var app = github.AddApp(1, "Iv23liTheApp");
        github.AddInstallation(app, 7, "acme");
        options.UseInstallation(app.ClientId, app.PrivateKeyPem, 7);
    });
}
