using ScmIntegrations.Testing;

namespace AgentDesk.Demo;

/// <summary>A GitHub and a Cursor of one's own, with repositories, installations and refusals, and agents that get on with their work.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    private const string UserToken = "ghu_demonstration";
    private const string CursorKey = "key_demonstration";

    private readonly FakeGitHub _gitHub;
    private readonly FakeCursor _cursor;
    private readonly Dictionary<string, FakeInstallation> _installations;
    private readonly DemoWork _work;
    private readonly PeriodicTimer? _timer;
    private readonly Task _pace;

    private DemoWorld(FakeGitHub gitHub, FakeCursor cursor, FakeApp app, Dictionary<string, FakeInstallation> installations, TimeSpan? pace)
    {
        _gitHub = gitHub;
        _cursor = cursor;
        _installations = installations;
        _work = new DemoWork(gitHub, cursor);
        Connection = new DeskConnection
        {
            GitHubAddress = gitHub.Address,
            UserToken = UserToken,
            AppClientId = app.ClientId,
            AppPrivateKeyPem = app.PrivateKeyPem,
            CursorAddress = cursor.Address,
            CursorKey = CursorKey,
        };
        _timer = pace is { } step ? new PeriodicTimer(step) : null;
        _pace = _timer is null ? Task.CompletedTask : MoveOnAsync(_timer);
    }

    /// <summary>How the application reaches it.</summary>
    public DeskConnection Connection { get; }

    /// <summary>How many agents were started, all in all.</summary>
    public int Started => _work.Started;

    /// <summary>Starts it.</summary>
    /// <param name="pace">How often the agents get on; <see langword="null"/> for when they are told to.</param>
    public static async Task<DemoWorld> StartAsync(TimeSpan? pace = null)
    {
        var gitHub = await FakeGitHub.StartAsync();
        var cursor = await FakeCursor.StartAsync();
        var app = gitHub.AddApp(1, "Iv23liAgentDesk");
        gitHub.AddToken(UserToken, "octavia");
        cursor.AddKey(CursorKey);
        var installations = DemoRepositories.Owners.ToDictionary(
            owner => owner.Login,
            owner => gitHub.AddInstallation(app, owner.InstallationId, owner.Login, owner.Type, Permissions(owner.Contents)),
            StringComparer.OrdinalIgnoreCase);
        foreach (var name in DemoRepositories.Names)
        {
            gitHub.AddRepository(name, repository => repository.Tree = FakeTree.FromPaths("README.md"));
        }

        DemoRefusals.Script(gitHub, cursor, owner => installations[owner].Permissions["contents"] is "write");
        return new(gitHub, cursor, app, installations, pace);
    }

    /// <summary>Every agent gets on: from the queue to work, from work to its end.</summary>
    public void MoveOn() => _work.MoveOn();

    /// <summary>An administrator grants what the App asks for.</summary>
    public void Grant(string owner) => _installations[owner].Permissions = Permissions("write");

    public async ValueTask DisposeAsync()
    {
        _timer?.Dispose();
        await _pace;
        await _gitHub.DisposeAsync();
        await _cursor.DisposeAsync();
    }

    private static Dictionary<string, string> Permissions(string contents) => new(StringComparer.Ordinal) { ["contents"] = contents, ["metadata"] = "read" };

    private async Task MoveOnAsync(PeriodicTimer timer)
    {
        // Until it is disposed.
        while (await timer.WaitForNextTickAsync())
        {
            MoveOn();
        }
    }
}
