using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ScmIntegrations.GitHub.UserTokens;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.GitHub.UserTokens;

/// <summary>Registering clients, and options that are refused at the start.</summary>
public sealed class UserTokenRegistrationTests
{
    public static TheoryData<string, Action<GitHubUserTokenOptions>> WrongOptions => new()
    {
        { "ClientId is not set", options => options.ClientId = "" },
        { "ClientId is not set", options => options.ClientId = null! },
        { "ClientId", options => options.ClientId = "a b" },
        { "ClientSecret", options => options.ClientSecret = "" },
        { "ClientSecret", options => options.ClientSecret = UserTokenRig.Secret + " " },
        { "ClientSecret", options => options.ClientSecret = UserTokenRig.Secret + "\r\n" },
        { "ApiAddress", options => options.ApiAddress = null! },
        { "ApiAddress", options => options.ApiAddress = new Uri("/api/v3", UriKind.Relative) },
        { "ApiAddress", options => options.ApiAddress = new Uri("http://git.acme.example/api/v3") },
        { "ApiAddress", options => options.ApiAddress = new Uri("https://github.com") },
        { "WebAddress is not set", options => options.ApiAddress = new Uri("http://127.0.0.1:5000/") },
        { "WebAddress", options => options.WebAddress = new Uri("/login", UriKind.Relative) },
        { "WebAddress", options => options.WebAddress = new Uri("http://github.com") },
        { "WebAddress", options => options.WebAddress = new Uri("https://user:pass@github.com") },
        { "WebAddress", options => options.WebAddress = new Uri("https://github.com/?x=1") },
        { "UserAgent", options => options.UserAgent = "" },
        { "UserAgent", options => options.UserAgent = "a\r\nX-Evil: 1" },
        { "MaxResponseBytes", options => options.MaxResponseBytes = 1023 },
        { "Resilience.Deadline", options => options.Resilience.Deadline = TimeSpan.Zero },
        { "Resilience.MaxAttempts", options => options.Resilience.MaxAttempts = 0 },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void What_cannot_work_is_refused_with_its_name(string named, Action<GitHubUserTokenOptions> spoil)
    {
        using var services = new ServiceCollection().AddScmIntegrations().AddGitHubUserTokens(options =>
        {
            options.ClientId = "Iv1.app";
            options.ClientSecret = UserTokenRig.Secret;
            spoil(options);
        }).Services.BuildServiceProvider();

        var validate = () => services.GetRequiredService<IStartupValidator>().Validate();

        validate.Should().Throw<OptionsValidationException>().Which.Failures.Should().ContainSingle()
            .Which.Should().StartWith("The default client of GitHub's user tokens: ").And.Contain(named).And.NotContain(UserTokenRig.Secret);
    }

    [Fact]
    public void The_client_id_is_enough()
    {
        using var services = new ServiceCollection().AddScmIntegrations().AddGitHubUserTokens("acme", options => options.ClientId = "Iv1.app").Services.BuildServiceProvider();

        services.GetRequiredService<IStartupValidator>().Validate();

        services.GetKeyedService<IGitHubUserTokens>("acme").Should().NotBeNull();
        services.GetService<IGitHubUserTokens>().Should().BeNull("it has a name");
    }

    [Fact]
    public async Task Clients_of_two_apps_stand_side_by_side()
    {
        await using var gitHub = FakeGitHub.InMemory();
        var one = gitHub.AddUserApp("one", "secret_one");
        var two = gitHub.AddUserApp("two", "secret_two");
        var builder = new ServiceCollection().AddScmIntegrations();
        builder.AddGitHubUserTokens(options => (options.ClientId, options.ClientSecret) = ("one", "secret_one")).HttpClient.ConfigurePrimaryHttpMessageHandler(() => gitHub.CreateHandler());
        builder.AddGitHubUserTokens("acme", options => (options.ClientId, options.ClientSecret) = ("two", "secret_two")).HttpClient.ConfigurePrimaryHttpMessageHandler(() => gitHub.CreateHandler());
        await using var services = builder.Services.BuildServiceProvider();

        await services.GetRequiredService<IGitHubUserTokens>().ExchangeCodeAsync(one.Authorize("octocat"), cancellationToken: UserTokenRig.Cancellation);
        await services.GetRequiredKeyedService<IGitHubUserTokens>("acme").ExchangeCodeAsync(two.Authorize("octocat"), cancellationToken: UserTokenRig.Cancellation);

        one.Grants.Should().ContainSingle();
        two.Grants.Should().ContainSingle();
        services.GetRequiredService<IGitHubUserTokens>().Should().BeSameAs(services.GetRequiredKeyedService<IGitHubUserTokens>(""));
    }

    [Fact]
    public async Task Registering_again_adds_to_the_options_and_nothing_else()
    {
        await using var gitHub = FakeGitHub.InMemory();
        var app = gitHub.AddUserApp("one", "secret_one");
        var handlers = 0;
        var builder = new ServiceCollection().AddScmIntegrations();
        builder.AddGitHubUserTokens(options => options.ClientId = "one").HttpClient.ConfigurePrimaryHttpMessageHandler(() => gitHub.CreateHandler());
        var again = builder.AddGitHubUserTokens(options => options.ClientSecret = "secret_one");
        again.HttpClient.ConfigureAdditionalHttpMessageHandlers((all, _) => handlers = all.Count);
        await using var services = builder.Services.BuildServiceProvider();

        await services.GetRequiredService<IGitHubUserTokens>().ExchangeCodeAsync(app.Authorize("octocat"), cancellationToken: UserTokenRig.Cancellation);

        again.Name.Should().BeEmpty();
        handlers.Should().Be(1, "the guard stands once");
        app.Grants.Should().ContainSingle();
    }

    [Fact]
    public void Nothing_is_left_out()
    {
        var builder = new ServiceCollection().AddScmIntegrations();

        FluentActions.Invoking(() => builder.AddGitHubUserTokens(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => builder.AddGitHubUserTokens((string)null!, _ => { })).Should().Throw<ArgumentNullException>();
    }
}
