using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Copilot;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.CodingAgents.Copilot;

/// <summary>A GitHub with Copilot, and an agent's client that speaks to it.</summary>
internal sealed class CopilotFixture : IAsyncDisposable
{
    public const string Tasks = "/agents/repos/{owner}/{repo}/tasks";
    public const string OneTask = "/agents/repos/{owner}/{repo}/tasks/{id}";
    public const string Pulls = "/repos/{owner}/{repo}/pulls";

    private readonly ClientFixture _fixture;

    private CopilotFixture(ClientFixture fixture, FakeGitHub? host)
    {
        _fixture = fixture;
        AgentHost = host;
    }

    public ClientFixture Line => _fixture;

    public FakeGitHub GitHub => _fixture.GitHub;

    /// <summary>The host that has the tasks, when it is another.</summary>
    public FakeGitHub? AgentHost { get; }

    public ICodingAgentClient Agent => _fixture.Services.GetRequiredKeyedService<ICodingAgentClient>("github_copilot");

    public static async Task<CopilotFixture> StartAsync(Action<CopilotAgentOptions>? agent = null, Action<ClientSetup>? setup = null, bool isElsewhere = false)
    {
        // Pauses between looks pass by themselves; a deadline does not.
        var time = new ManualTimeProvider { AutoAdvance = true, AutoAdvanceUpTo = TimeSpan.FromSeconds(10) };
        FakeGitHub? host = null;
        if (isElsewhere)
        {
            host = await FakeGitHub.StartAsync(options => options.TimeProvider = time, TestContext.Current.CancellationToken);
            host.AddToken(ClientSetup.Token, "octocat");
            host.AddRepository("acme/api");
        }

        var fixture = await ClientFixture.StartAsync(configured =>
        {
            configured.Time = time;
            setup?.Invoke(configured);
            configured.Agent = options =>
            {
                options.Address = host?.Address;
                agent?.Invoke(options);
            };
        });
        return new(fixture, host);
    }

    public Task<CodingAgentTask> StartTaskAsync(string prompt = "Fix it", Func<CodingAgentRequest, CodingAgentRequest>? change = null)
    {
        var request = new CodingAgentRequest(Requests.Api, prompt);
        return Agent.StartAsync(change?.Invoke(request) ?? request, TestContext.Current.CancellationToken);
    }

    public Task<CodingAgentTask> GetAsync(FakeCopilotTask task) => GetAsync($"acme:api:{task.Id}");

    public Task<CodingAgentTask> GetAsync(string id) => Agent.GetAsync(id, TestContext.Current.CancellationToken);

    public async Task<List<CodingAgentTask>> ListAsync(RepositoryRef? repository = null)
    {
        var listed = new List<CodingAgentTask>();
        await foreach (var task in Agent.ListAsync(repository, TestContext.Current.CancellationToken))
        {
            listed.Add(task);
        }

        return listed;
    }

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        if (AgentHost is not null)
        {
            await AgentHost.DisposeAsync();
        }
    }
}
