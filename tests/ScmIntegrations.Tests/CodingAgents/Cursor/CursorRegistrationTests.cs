using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Cursor;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.CodingAgents.Cursor;

/// <summary>Registering clients, and options that are refused at the start.</summary>
public sealed class CursorRegistrationTests
{
    public static TheoryData<string, Action<CursorAgentOptions>> WrongOptions => new()
    {
        { "ApiKey is not set", options => options.ApiKey = "" },
        { "ApiKey", options => options.ApiKey = "a b" },
        { "ApiKey", options => options.ApiKey = "a:b" },
        { "ApiKey", options => options.ApiKey = "a\r\nX-Evil: 1" },
        { "KeyOwner", options => options.KeyOwner = (CredentialOwner)7 },
        { "Address", options => options.Address = null! },
        { "Address", options => options.Address = new Uri("/v1", UriKind.Relative) },
        { "Address", options => options.Address = new Uri("http://api.cursor.com") },
        { "Address", options => options.Address = new Uri("https://user:secret@api.cursor.com") },
        { "Address", options => options.Address = new Uri("https://api.cursor.com/?x=1") },
        { "Api ", options => options.Api = (CursorApi)7 },
        { "Model", options => options.Model = "" },
        { "Model", options => options.Model = new string('a', 201) },
        { "WebhookSecret is set without", options => options.WebhookSecret = new string('s', 32) },
        { "WebhookUrl is set without", options => options.WebhookUrl = new("https://acme.example/hook") },
        { "CursorApi.V0", options => (options.WebhookUrl, options.WebhookSecret) = (new("https://acme.example/hook"), new string('s', 32)) },
        { "WebhookSecret has 31", options => (options.Api, options.WebhookUrl, options.WebhookSecret) = (CursorApi.V0, new("https://acme.example/hook"), new string('s', 31)) },
        { "WebhookSecret has 257", options => (options.Api, options.WebhookUrl, options.WebhookSecret) = (CursorApi.V0, new("https://acme.example/hook"), new string('s', 257)) },
        { "WebhookUrl is 'http://acme", options => (options.Api, options.WebhookUrl, options.WebhookSecret) = (CursorApi.V0, new("http://acme.example/hook"), new string('s', 32)) },
        { "LaunchTimeout", options => options.LaunchTimeout = TimeSpan.Zero },
        { "LaunchTimeout", options => options.LaunchTimeout = TimeSpan.FromHours(2) },
        { "Resilience.Deadline", options => options.Resilience.Deadline = TimeSpan.Zero },
        { "Resilience.MaxAttempts", options => options.Resilience.MaxAttempts = 0 },
        { "MaxResponseBytes", options => options.MaxResponseBytes = 1023 },
        { "MaxPages", options => options.MaxPages = 0 },
        { "MaxPages", options => options.MaxPages = 1001 },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void What_cannot_work_is_refused_with_its_name(string named, Action<CursorAgentOptions> spoil)
    {
        using var services = new ServiceCollection().AddScmIntegrations()
            .AddCursorAgent(options =>
            {
                options.ApiKey = CursorRig.Key;
                spoil(options);
            })
            .Services.BuildServiceProvider();

        var validate = () => services.GetRequiredService<IStartupValidator>().Validate();

        validate.Should().Throw<OptionsValidationException>().Which.Failures.Should().ContainSingle()
            .Which.Should().StartWith("The Cursor client 'cursor': ").And.Contain(named).And.NotContain(CursorRig.Key);
    }

    [Fact]
    public void All_that_is_wrong_is_named_at_once()
    {
        using var services = new ServiceCollection().AddScmIntegrations().AddCursorAgent(options => options.MaxPages = 0).Services.BuildServiceProvider();

        var validate = () => services.GetRequiredService<IStartupValidator>().Validate();

        validate.Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(2);
    }

    [Fact]
    public async Task Clients_of_two_accounts_stand_side_by_side()
    {
        await using var cursor = FakeCursor.InMemory();
        cursor.AddKey("key_one");
        cursor.AddKey("key_two");
        var builder = new ServiceCollection().AddScmIntegrations();
        builder.AddCursorAgent(options => options.ApiKey = "key_one").HttpClient.ConfigurePrimaryHttpMessageHandler(() => cursor.CreateHandler());
        builder.AddCursorAgent("cursor_acme", options => options.ApiKey = "key_two").HttpClient.ConfigurePrimaryHttpMessageHandler(() => cursor.CreateHandler());
        await using var services = builder.Services.BuildServiceProvider();

        foreach (var name in (string[])["cursor", "cursor_acme"])
        {
            var client = services.GetRequiredKeyedService<ICodingAgentClient>(name);
            client.Name.Should().Be(name);
            var task = await client.StartAsync(new(CursorRig.Api, "Fix it."), CursorRig.Cancellation);
            task.Agent.Should().Be(name);
            (await client.ListAsync(cancellationToken: CursorRig.Cancellation).FirstAsync(CursorRig.Cancellation)).Agent.Should().Be(name);
        }

        cursor.Requests.Select(request => request.Headers["Authorization"]).Distinct(StringComparer.Ordinal).Should().HaveCount(2);
    }

    [Fact]
    public async Task Registering_again_adds_to_the_options_and_nothing_else()
    {
        await using var cursor = FakeCursor.InMemory();
        cursor.AddKey("key_one");
        var builder = new ServiceCollection().AddScmIntegrations();
        builder.AddCursorAgent(options => options.ApiKey = "key_one").HttpClient.ConfigurePrimaryHttpMessageHandler(() => cursor.CreateHandler());
        builder.AddCursorAgent(options => options.Model = "gpt-5.5");
        await using var services = builder.Services.BuildServiceProvider();

        await services.GetRequiredKeyedService<ICodingAgentClient>("cursor").StartAsync(new(CursorRig.Api, "Fix it."), CursorRig.Cancellation);

        cursor.Agents.Should().ContainSingle().Which.Model.Should().Be("gpt-5.5");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Cursor")]
    [InlineData("cursor agent")]
    public void A_name_that_cannot_be_a_tag_is_refused(string name)
    {
        var add = () => new ServiceCollection().AddScmIntegrations().AddCursorAgent(name, _ => { });

        add.Should().Throw<ArgumentException>();
    }

    [Fact]
    public async Task An_address_may_have_a_path()
    {
        await using var cursor = FakeCursor.InMemory(options => options.UnmatchedRequests = UnmatchedRequestHandling.NotFound);
        cursor.AddKey("key_one");
        var builder = new ServiceCollection().AddScmIntegrations();
        builder.AddCursorAgent(options => (options.ApiKey, options.Address) = ("key_one", new("https://proxy.acme.example/cursor"))).HttpClient.ConfigurePrimaryHttpMessageHandler(() => cursor.CreateHandler());
        await using var services = builder.Services.BuildServiceProvider();

        await CursorRig.FailAsync(() => services.GetRequiredKeyedService<ICodingAgentClient>("cursor").GetAsync("bc-1", CursorRig.Cancellation));

        cursor.Requests.Select(request => request.Path).Should().StartWith("/cursor/v1/agents/bc-1");
    }
}
