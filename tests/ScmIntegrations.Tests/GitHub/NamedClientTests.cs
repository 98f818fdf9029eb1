using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub;

/// <summary>Clients share nothing: what one meets, the other does not feel.</summary>
public sealed class NamedClientTests
{
    private const string OtherToken = "ghp_TheTokenOfHubot0123456789abcdefghij";

    [Fact]
    public async Task Each_client_sends_its_own_credential()
    {
        await using var fixture = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).SelectMany(_ => new Task[] { fixture.GetApiAsync(), GetByOtherAsync(fixture) }));

        fixture.GitHub.Requests.Count(request => request.Bears(ClientSetup.Token)).Should().Be(20);
        fixture.GitHub.Requests.Count(request => request.Bears(OtherToken)).Should().Be(20);
    }

    [Fact]
    public async Task A_limit_of_one_client_leaves_the_other_free()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(request => request.Bears(ClientSetup.Token)).Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(5)));

        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmRateLimitException>();

        await GetByOtherAsync(fixture);
    }

    [Fact]
    public async Task An_open_circuit_of_one_client_leaves_the_other_closed()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(request => request.Bears(ClientSetup.Token)).Answer(Answers.ServerError());
        for (var call = 0; call < 20; call++)
        {
            await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmException>();
        }

        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmCircuitOpenException>();
        await GetByOtherAsync(fixture);
    }

    [Fact]
    public async Task A_client_is_found_by_key_and_by_name()
    {
        await using var fixture = await StartAsync();

        fixture.Clients.GetClient("other").Should().BeSameAs(fixture.Services.GetRequiredKeyedService<IGitHubIntegrationClient>("other"));
        fixture.Clients.GetClient().Should().BeSameAs(fixture.Client);
        fixture.Clients.GetClient("other").Should().NotBeSameAs(fixture.Client);
    }

    [Fact]
    public async Task A_name_that_nobody_registered_is_named()
    {
        await using var fixture = await StartAsync();

        fixture.Clients.Invoking(clients => clients.GetClient("nobody")).Should().Throw<InvalidOperationException>().WithMessage("*'nobody'*AddGitHub*");
        fixture.Clients.Invoking(clients => clients.CreateHandler("nobody")).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public async Task A_name_registered_twice_adds_to_its_options_and_sends_one_request()
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
            setup.MoreClients = (builder, _) => builder.AddGitHub(options => options.UserAgent = "second"));

        await fixture.GetApiAsync();

        fixture.GitHub.Requests.Should().ContainSingle().Which.Headers["User-Agent"].Should().Be("second");
    }

    private static Task<ClientFixture> StartAsync() => ClientFixture.StartAsync(setup => setup.MoreClients = (builder, gitHub) =>
    {
        gitHub.AddToken(OtherToken, "hubot");
        builder.AddGitHub("other", options =>
        {
            options.ApiAddress = gitHub.Address;
            options.UseToken(OtherToken);
        });
    });

    private static Task<GitHubRepository> GetByOtherAsync(ClientFixture fixture) =>
        fixture.Clients.GetClient("other").GetRepositoryAsync(Requests.Api, TestContext.Current.CancellationToken);
}
