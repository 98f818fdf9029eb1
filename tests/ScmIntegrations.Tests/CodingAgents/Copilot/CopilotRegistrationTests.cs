using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Copilot;

namespace ScmIntegrations.Tests.CodingAgents.Copilot;

/// <summary>How the agent is registered, and what its options refuse.</summary>
public sealed class CopilotRegistrationTests
{
    public static TheoryData<string, Action<CopilotAgentOptions>> Wrong => new()
    {
        { "Address", options => options.Address = new("http://api.githubcopilot.com") },
        { "Address", options => options.Address = new("/agents", UriKind.Relative) },
        { "Address", options => options.Address = new("https://user:secret@api.githubcopilot.com") },
        { "Address", options => options.Address = new("https://api.githubcopilot.com/?x=1") },
        { "EventType", options => options.EventType = " " },
        { "CustomAgent", options => options.CustomAgent = "" },
        { "LaunchTimeout", options => options.LaunchTimeout = TimeSpan.FromMilliseconds(9) },
        { "LaunchTimeout", options => options.LaunchTimeout = TimeSpan.FromHours(1.1) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_refused_at_the_start_by_its_name(string option, Action<CopilotAgentOptions> configure)
    {
        await using var services = Build(builder => builder.AddCopilotAgent(configure));

        var told = FluentActions.Invoking(() => services.GetRequiredService<IStartupValidator>().Validate()).Should().Throw<OptionsValidationException>().Which;

        told.Message.Should().Contain("github_copilot").And.Contain(option).And.NotContain("secret");
    }

    [Fact]
    public async Task The_agent_is_a_keyed_service_with_its_name()
    {
        await using var services = Build(builder => builder.AddCopilotAgent().AddCopilotAgent(options => options.EventType = "more").AddCopilotAgent(name: "copilot_two"));

        services.GetRequiredService<IStartupValidator>().Validate();
        services.GetRequiredKeyedService<ICodingAgentClient>("github_copilot").Name.Should().Be("github_copilot");
        services.GetRequiredKeyedService<ICodingAgentClient>("copilot_two").Name.Should().Be("copilot_two");
        services.GetRequiredService<IOptionsMonitor<CopilotAgentOptions>>().Get("github_copilot").EventType.Should().Be("more");
    }

    [Fact]
    public void A_name_belongs_to_one_GitHub_client()
    {
        var builder = new ServiceCollection().AddScmIntegrations();
        builder.AddGitHub("one", options => options.UseToken("ghp_one")).AddCopilotAgent();
        var other = builder.AddGitHub("two", options => options.UseToken("ghp_two"));

        FluentActions.Invoking(() => other.AddCopilotAgent()).Should().Throw<InvalidOperationException>().WithMessage("*github_copilot*'one'*'two'*");
        other.AddCopilotAgent(name: "second").Should().BeSameAs(other);
        builder.AddCursorAgent(options => options.ApiKey = "key");
        FluentActions.Invoking(() => other.AddCopilotAgent(name: "cursor")).Should().Throw<InvalidOperationException>().WithMessage("*'cursor'*");
        FluentActions.Invoking(() => other.AddCopilotAgent(name: "My Agent")).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData("https://api.githubcopilot.com", true)]
    [InlineData("https://API.githubcopilot.com/", true)]
    [InlineData("https://api.githubcopilot.com.evil.example", false)]
    [InlineData("https://copilot.example.com", false)]
    [InlineData("https://api.github.com", false)]
    public async Task The_older_body_is_sent_to_the_older_host(string address, bool isOlder)
    {
        var sent = new List<(Uri? Address, string Body)>();
        await using var services = Build(
            builder => builder.AddCopilotAgent(options => options.Address = new(address)),
            services =>
            {
                foreach (var client in new[] { GitHubComposition.HttpClientName(""), AgentHttpClient.NameOf("github_copilot") })
                {
                    services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => new Recorder(sent));
                }
            });

        await services.GetRequiredKeyedService<ICodingAgentClient>("github_copilot").StartAsync(new(new("acme/api"), "p"), TestContext.Current.CancellationToken);

        var (to, body) = sent.Should().ContainSingle().Subject;
        to.Should().Be(new Uri(new Uri(address), "agents/repos/acme/api/tasks"));
        body.Contains("problem_statement").Should().Be(isOlder);
    }

    private static ServiceProvider Build(Action<IGitHubIntegrationBuilder> add, Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection();
        add(services.AddScmIntegrations().AddGitHub(options => options.UseToken("ghp_one")));
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private sealed class Recorder(List<(Uri? Address, string Body)> sent) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            sent.Add((request.RequestUri, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
            return new(System.Net.HttpStatusCode.Created) { RequestMessage = request, Content = new StringContent("""{"id":"1","state":"queued"}""") };
        }
    }
}
