using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ScmIntegrations.Accounts;
using ScmIntegrations.Testing;
using ScmIntegrations.ToolGateways;
using ScmIntegrations.ToolGateways.Scalekit;

namespace ScmIntegrations.Tests.ToolGateways.Scalekit;

/// <summary>Registering clients, and options that are refused at the start.</summary>
public sealed class ScalekitRegistrationTests
{
    public static TheoryData<string, Action<ScalekitOptions>> WrongOptions => new()
    {
        { "Address is not set", options => options.Address = null },
        { "Address", options => options.Address = new Uri("/v1", UriKind.Relative) },
        { "Address", options => options.Address = new Uri("http://acme.scalekit.com") },
        { "Address", options => options.Address = new Uri("https://user:secret@acme.scalekit.com") },
        { "Address", options => options.Address = new Uri("https://acme.scalekit.com/?x=1") },
        { "ClientId is not set", options => options.ClientId = "" },
        { "ClientId is empty or has characters", options => options.ClientId = "a b" },
        { "ClientSecret is not set", options => options.ClientSecret = null! },
        { "ClientSecret is empty or has characters", options => options.ClientSecret = "a\r\nb" },
        { "ToolTimeout", options => options.ToolTimeout = TimeSpan.Zero },
        { "ToolTimeout", options => options.ToolTimeout = Timeout.InfiniteTimeSpan },
        { "ToolTimeout", options => options.ToolTimeout = TimeSpan.FromHours(2) },
        { "Resilience.Deadline", options => options.Resilience.Deadline = TimeSpan.Zero },
        { "Resilience.MaxAttempts", options => options.Resilience.MaxAttempts = 0 },
        { "MaxResponseBytes", options => options.MaxResponseBytes = 1023 },
        { "MaxErrorBytes", options => options.MaxErrorBytes = 1023 },
        { "MaxErrorBytes", options => options.MaxErrorBytes = 64 * 1024 * 1024 + 1 },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void What_cannot_work_is_refused_with_its_name(string named, Action<ScalekitOptions> spoil)
    {
        using var services = new ServiceCollection().AddScmIntegrations()
            .AddScalekit(options =>
            {
                Configure(options);
                spoil(options);
            })
            .Services.BuildServiceProvider();

        var validate = () => services.GetRequiredService<IStartupValidator>().Validate();

        validate.Should().Throw<OptionsValidationException>().Which.Failures.Should().ContainSingle()
            .Which.Should().StartWith("The Scalekit client 'scalekit': ").And.Contain(named).And.NotContain(ScalekitRig.ClientSecret);
    }

    [Fact]
    public void All_that_is_wrong_is_named_at_once()
    {
        using var services = new ServiceCollection().AddScmIntegrations().AddScalekit(_ => { }).Services.BuildServiceProvider();

        var validate = () => services.GetRequiredService<IStartupValidator>().Validate();

        validate.Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(3);
    }

    [Fact]
    public void The_default_is_found_with_and_without_its_key()
    {
        using var services = new ServiceCollection().AddScmIntegrations().AddScalekit(Configure).Services.BuildServiceProvider();

        var gateway = services.GetRequiredService<IToolGateway>();

        gateway.Name.Should().Be("scalekit");
        services.GetRequiredKeyedService<IToolGateway>("scalekit").Should().BeSameAs(gateway);
        services.GetRequiredKeyedService<IConnectedAccounts>("scalekit").Should().BeSameAs(gateway.Accounts);
        services.GetService<IConnectedAccounts>().Should().BeNull("a store of ours may be the one without a key");
    }

    [Fact]
    public async Task Clients_of_two_environments_stand_side_by_side()
    {
        await using var scalekit = FakeScalekit.InMemory();
        scalekit.AddClient("one", "secret-1");
        scalekit.AddClient("two", "secret-2");
        var builder = new ServiceCollection().AddScmIntegrations();
        foreach (var (name, id, secret) in ((string, string, string)[])[("scalekit", "one", "secret-1"), ("scalekit_eu", "two", "secret-2")])
        {
            builder.AddScalekit(name, options => (options.Address, options.ClientId, options.ClientSecret) = (scalekit.Address, id, secret))
                .HttpClient.ConfigurePrimaryHttpMessageHandler(() => scalekit.CreateHandler());
        }

        await using var services = builder.Services.BuildServiceProvider();
        foreach (var name in (string[])["scalekit", "scalekit_eu"])
        {
            var accounts = services.GetRequiredKeyedService<IConnectedAccounts>(name);
            services.GetRequiredKeyedService<IToolGateway>(name).Name.Should().Be(name);
            await accounts.UpsertAsync(new AccountIdentity("github-1", name), cancellationToken: ScalekitRig.Cancellation);
        }

        scalekit.Accounts.Should().HaveCount(2);
        scalekit.IssuedTokens.Should().Be(2);
        services.GetService<IToolGateway>().Should().BeNull("none was registered as the default");
    }

    [Fact]
    public async Task Registering_again_adds_to_the_options_and_nothing_else()
    {
        await using var scalekit = FakeScalekit.InMemory();
        scalekit.AddClient("one", "secret-1");
        var seen = 0;
        var builder = new ServiceCollection().AddScmIntegrations();
        builder.AddScalekit(options => (options.Address, options.ClientId) = (new("https://proxy.acme.example/scalekit"), "one")).HttpClient.ConfigurePrimaryHttpMessageHandler(() => scalekit.CreateHandler());
        builder.AddScalekit(options => options.ClientSecret = "secret-1").HttpClient.AddHttpMessageHandler(() => new CountingHandler(() => seen++));
        builder.AddScalekit(_ => { });
        await using var services = builder.Services.BuildServiceProvider();

        await ScalekitRig.FailAsync(() => services.GetRequiredService<IToolGateway>().Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation));

        scalekit.Requests.Select(request => request.Path).Should().Equal(["/scalekit/oauth/token"], "an address may have a path");
        seen.Should().Be(1, "a handler of the user's sees every attempt once");
        services.GetServices<IToolGateway>().Should().ContainSingle();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Scalekit")]
    [InlineData("scale kit")]
    public void A_name_that_cannot_be_a_tag_is_refused(string name)
    {
        var add = () => new ServiceCollection().AddScmIntegrations().AddScalekit(name, _ => { });

        add.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Options_print_no_secret()
    {
        var options = new ScalekitOptions();
        Configure(options);

        System.Text.Json.JsonSerializer.Serialize(options).Should().NotContain("THISMUST").And.Contain("skc_1");
    }

    private static void Configure(ScalekitOptions options) =>
        (options.Address, options.ClientId, options.ClientSecret) = (new("https://acme.scalekit.com"), "skc_1", ScalekitRig.ClientSecret);

    private sealed class CountingHandler(Action count) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            count();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
