using Microsoft.Extensions.DependencyInjection;
using Octokit;
using ScmIntegrations.GitHub;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Registration;

/// <summary>What <c>AddOctokit</c> registers, and under which keys.</summary>
public sealed class RegistrationTests
{
    private const string OtherToken = "ghp_TheTokenOfHubot0123456789abcdefghijkl";

    [Fact]
    public async Task The_default_client_is_had_with_and_without_a_key_and_is_one()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        var services = fixture.Services;

        services.GetRequiredKeyedService<IOctokitIntegrationClient>("").Should().BeSameAs(fixture.Client);
        fixture.Clients.GetClient().Should().BeSameAs(fixture.Client);
        services.GetRequiredService<IGitHubClient>().Should().BeSameAs(fixture.Client.Octokit);
        services.GetRequiredKeyedService<IGitHubClient>("").Should().BeSameAs(fixture.Client.Octokit);
    }

    [Fact]
    public async Task The_call_is_given_the_registered_client()
    {
        await using var fixture = await OctokitFixture.StartAsync();

        await fixture.RunAsync(octokit =>
        {
            octokit.Should().BeSameAs(fixture.Client.Octokit);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_named_client_is_had_by_its_name_and_speaks_with_its_own_credential()
    {
        await using var fixture = await StartWithOtherAsync(octokit: true);
        var named = fixture.Services.GetRequiredKeyedService<IOctokitIntegrationClient>("other");

        await named.RunAsync("test", octokit => octokit.Repository.Get("acme", "api"), TestContext.Current.CancellationToken);
        await fixture.GetApiAsync();

        fixture.GitHub.Requests.Select(request => request.Token).Should().Equal(OtherToken, OctokitSetup.Token);
        fixture.Services.GetRequiredKeyedService<IGitHubClient>("other").Should().BeSameAs(named.Octokit).And.NotBeSameAs(fixture.Direct);
        fixture.InteractionTags.Select(tags => tags["scm.client"]).Should().Equal("other", "other", "default", "default");
    }

    [Fact]
    public async Task A_name_without_AddOctokit_is_had_from_the_factory_alone()
    {
        await using var fixture = await StartWithOtherAsync(octokit: false);

        fixture.Services.GetKeyedService<IOctokitIntegrationClient>("other").Should().BeNull();
        await fixture.Clients.GetClient("other").RunAsync("test", octokit => octokit.Repository.Get("acme", "api"), TestContext.Current.CancellationToken);

        fixture.GitHub.Requests.Should().ContainSingle().Which.Token.Should().Be(OtherToken);
        fixture.Clients.GetClient("other").Should().BeSameAs(fixture.Clients.GetClient("other"));
    }

    [Fact]
    public async Task A_named_client_alone_is_not_the_default_one()
    {
        await using var gitHub = await FakeGitHub.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var services = new ServiceCollection();
        services.AddScmIntegrations().AddGitHub("acme", options => (options.ApiAddress, options.Credential) = (gitHub.Address, null)).AddOctokit();
        await using var provider = services.BuildServiceProvider();

        provider.GetService<IOctokitIntegrationClient>().Should().BeNull();
        provider.GetService<IGitHubClient>().Should().BeNull();
    }

    [Fact]
    public async Task AddOctokit_twice_does_no_harm()
    {
        await using var gitHub = await FakeGitHub.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        gitHub.AddToken(OctokitSetup.Token, "octocat");
        gitHub.AddRepository("acme/api");
        var services = new ServiceCollection();
        services.AddScmIntegrations().AddGitHub(options =>
        {
            options.ApiAddress = gitHub.Address;
            options.UseToken(OctokitSetup.Token);
        }).AddOctokit().AddOctokit();
        await using var provider = services.BuildServiceProvider();

        provider.GetServices<IGitHubClient>().Should().ContainSingle();
        provider.GetServices<IOctokitIntegrationClient>().Should().ContainSingle();
        (await provider.GetRequiredService<IGitHubClient>().Repository.Get("acme", "api")).FullName.Should().Be("acme/api");
    }

    [Fact]
    public async Task An_unknown_name_is_an_error_that_says_so()
    {
        await using var fixture = await OctokitFixture.StartAsync();

        fixture.Invoking(one => one.Clients.GetClient("nobody")).Should().Throw<InvalidOperationException>().WithMessage("*nobody*");
        fixture.Invoking(one => one.Clients.GetInstallationClient(7, "nobody")).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void No_builder_is_refused() =>
        FluentActions.Invoking(() => ((IGitHubIntegrationBuilder)null!).AddOctokit()).Should().Throw<ArgumentNullException>();

    [Fact]
    public async Task The_clients_own_calls_and_Octokits_share_one_line()
    {
        await using var fixture = await OctokitFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
        fixture.GitHub.WhenAnything().Once().Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(5)));

        await Record.ExceptionAsync(() => fixture.GetApiAsync());
        var own = () => fixture.Services.GetRequiredService<IGitHubIntegrationClient>().GetRepositoryAsync(new("acme/api"), TestContext.Current.CancellationToken);

        await own.Should().ThrowAsync<ScmIntegrations.Errors.ScmRateLimitException>();
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    private static Task<OctokitFixture> StartWithOtherAsync(bool octokit) => OctokitFixture.StartAsync(setup => setup.MoreClients = (builder, gitHub) =>
    {
        gitHub.AddToken(OtherToken, "hubot");
        var other = builder.AddGitHub("other", options =>
        {
            options.ApiAddress = gitHub.Address;
            options.UseToken(OtherToken);
        });
        _ = octokit ? other.AddOctokit() : other;
    });
}
