using ScmIntegrations.Testing;

namespace AgentDesk.Demo;

/// <summary>A GitHub and a Cursor of one's own, and agents that get on with their work.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    private const string UserToken = "ghu_demonstration";

    private readonly FakeGitHub _gitHub;

    private DemoWorld(FakeGitHub gitHub, FakeApp app)
    {
        _gitHub = gitHub;
        Connection = new DeskConnection
        {
            GitHubAddress = gitHub.Address,
            World = this,
            UserToken = UserToken,
            AppClientId = app.ClientId,
            AppPrivateKeyPem = app.PrivateKeyPem,
            CursorAddress = gitHub.Address,
            CursorKey = "key_demonstration",
        };
    }

    public DeskConnection Connection { get; }

    public static async Task<DemoWorld> StartAsync(TimeSpan? pace = null)
    {
        _ = pace;
        var gitHub = await FakeGitHub.StartAsync();
        var app = gitHub.AddApp(1, "Iv23liAgentDesk");
        gitHub.AddToken(UserToken, "octavia");
        Dictionary<string, FakeInstallation> installations = [];
        foreach (var owner in DemoRepositories.Owners)
        {
            installations[owner.Login] = gitHub.AddInstallation(app, owner.InstallationId, owner.Login, owner.Type, new Dictionary<string, string>(StringComparer.Ordinal) { ["contents"] = owner.Contents, ["metadata"] = "read" });
            foreach (var name in owner.Names)
            {
                gitHub.AddRepository(name, repository => repository.Tree = FakeTree.FromPaths("README.md"));
            }
        }

        return new(gitHub, app) { _installations = installations };
    }

    private Dictionary<string, FakeInstallation> _installations = [];
    public bool Lacks(string owner) => _installations[owner].Permissions["contents"] is not "write";
    public void Grant(string owner) => _installations[owner].Permissions = new Dictionary<string, string>(StringComparer.Ordinal) { ["contents"] = "write", ["metadata"] = "read" };
    public void MoveOn() => Connection.StandIns.ForEach(one => one.MoveOn());
    public int TasksStarted => Connection.StandIns.Sum(one => one.Count);

    public ValueTask DisposeAsync() => _gitHub.DisposeAsync();
}
