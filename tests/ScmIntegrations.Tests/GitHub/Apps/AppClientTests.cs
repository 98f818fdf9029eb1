using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Apps;

/// <summary>What an App sees of itself.</summary>
public sealed class AppClientTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_App_describes_itself()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.App.Permissions = AppFixture.Permissions("contents=write", "metadata=read");
        fixture.App.Events = ["push"];
        fixture.Install(7, "acme");

        var app = await fixture.Client.GetAppAsync(Cancellation);

        app.Id.Should().Be(1);
        app.Slug.Should().Be("app-1");
        app.Name.Should().Be("app-1");
        app.ClientId.Should().Be(ClientSetup.ClientId);
        app.HtmlUrl.Should().Be(new Uri("https://github.com/apps/app-1"));
        app.Owner!.Login.Should().Be("app-owner");
        app.Permissions.Should().Equal(AppFixture.Permissions("contents=write", "metadata=read"));
        app.Events.Should().Equal("push");
        app.InstallationsCount.Should().Be(1);
        fixture.Fixture.OutcomesOf("get_app").Should().Equal("started", "success");
        fixture.GitHub.Requests.Should().ContainSingle("no token is minted for what the App asks as itself");
    }

    [Fact]
    public async Task An_App_says_little_on_an_older_server()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/app").Answer(Answers.Json(200, """{"id":1,"owner":{"id":5,"slug":"megacorp"}}"""));

        var app = await fixture.Client.GetAppAsync(Cancellation);

        app.Owner!.Login.Should().Be("megacorp", "an enterprise has a slug in the place of a login");
        (app.Permissions.Count, app.Events.Count, app.InstallationsCount).Should().Be((0, 0, null));
    }

    [Fact]
    public async Task A_client_of_an_installation_has_the_App_too()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.AsInstallation = true);

        var app = await fixture.Services.GetRequiredService<IGitHubAppClient>().GetAppAsync(Cancellation);

        app.ClientId.Should().Be(ClientSetup.ClientId);
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_client_with_a_token_has_no_App_and_says_what_to_call()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.MoreClients = (builder, github) => builder.AddGitHub("other", options =>
        {
            options.ApiAddress = github.Address;
            options.UseToken("ghp_other");
        }));

        fixture.Services.Invoking(services => services.GetRequiredService<IGitHubAppClient>()).Should().Throw<InvalidOperationException>().WithMessage("*'default'*UseApp*UseInstallation*");
        fixture.Services.Invoking(services => services.GetRequiredKeyedService<IGitHubAppClient>("other")).Should().Throw<InvalidOperationException>().WithMessage("*'other'*");
    }

    [Fact]
    public async Task A_named_client_has_its_own_App()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.MoreClients = (builder, github) => builder.AddGitHub("app", options =>
        {
            options.ApiAddress = github.Address;
            options.UseApp("Iv1.named", TestKeys.Pkcs8);
        }));
        fixture.GitHub.AddApp(9, "Iv1.named", TestKeys.Pkcs1);

        (await fixture.Services.GetRequiredKeyedService<IGitHubAppClient>("app").GetAppAsync(Cancellation)).Id.Should().Be(9);
    }

    [Fact]
    public async Task The_App_itself_can_send_any_request_and_has_no_repositories_and_no_installation_of_its_own()
    {
        await using var fixture = await AppFixture.StartAsync();
        var client = fixture.Fixture.Client;

        (await client.SendAsync(GitHubRequest.Get("/app"), Requests.AnyJson, Cancellation)).GetProperty("id").GetInt64().Should().Be(1);

        await client.Invoking(one => one.GetInstallationAsync(Cancellation)).Should().ThrowAsync<InvalidOperationException>();
        await client.Invoking(async one => await one.ListRepositoriesAsync(cancellationToken: Cancellation).GetAsyncEnumerator(Cancellation).MoveNextAsync())
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("*no repositories*UseInstallation*");
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_put_right_for_the_App_itself_too()
    {
        var server = new ManualTimeProvider();
        await using var fixture = await AppFixture.StartAsync(more: setup => setup.ServerTime = server);
        server.Advance(TimeSpan.FromMinutes(-20 + 60));

        (await fixture.Client.GetAppAsync(Cancellation)).Id.Should().Be(1);
    }

    [Fact]
    public async Task An_App_that_GitHub_does_not_know_is_told_so()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.GitHubError(404, "Integration not found"));

        (await fixture.Client.Invoking(client => client.GetAppAsync(Cancellation)).Should().ThrowAsync<ScmUnauthorizedException>()).Which.Reason.Should().Be(ErrorReason.InvalidAppKey);
        await fixture.Client.Invoking(client => client.FindRepositoryInstallationAsync(Requests.Api, Cancellation))
            .Should().ThrowAsync<ScmUnauthorizedException>("that is not the same as 'not installed'");
    }
}
