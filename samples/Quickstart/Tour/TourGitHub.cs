using Quickstart.Arguments;
using ScmIntegrations.Testing;

namespace Quickstart.Tour;

/// <summary>The organisation of the tour: what an organisation usually has, troubles included.</summary>
internal sealed class TourGitHub : IAsyncDisposable
{
    /// <summary>The repository that never answers well.</summary>
    public const string Failing = "acme/failing";

    private const long InstallationId = 42;

    private readonly FakeGitHub _server;

    private TourGitHub(FakeGitHub server, FakeApp app)
    {
        _server = server;
        Connection = new ConnectionArguments
        {
            ApiAddress = server.Address,
            App = new AppArguments(app.ClientId, app.PrivateKeyPem, InstallationId),
        };
    }

    /// <summary>How to speak to it: as an installation of a GitHub App.</summary>
    public ConnectionArguments Connection { get; }

    public static async Task<TourGitHub> StartAsync(FakeTree checkout, CancellationToken cancellationToken)
    {
        var server = await FakeGitHub.StartAsync(cancellationToken: cancellationToken);
        var app = server.AddApp(1, "Iv23liQuickstartTour");
        server.AddInstallation(app, InstallationId, "acme");

        server.AddRepository("acme/checkout", repository => repository.Tree = checkout);
        server.AddRepository("acme/api", repository => repository.Tree = FakeTree.FromPaths("README.md", "src/Program.cs", "src/Orders/Order.cs", "tests/OrderTests.cs"));
        server.AddRepository("acme/web", repository => repository.Tree = FakeTree.Generate(1200, seed: 7));
        server.AddRepository("acme/infra", repository => repository.Tree = FakeTree.Generate(250, seed: 11));
        server.AddRepository("acme/empty");
        server.AddRepository("acme/archived", repository =>
        {
            repository.Tree = FakeTree.FromPaths("README.md");
            repository.IsArchived = true;
        });
        server.AddRepository("acme/forbidden", repository => repository.Tree = FakeTree.FromPaths("secret.txt"));
        server.When(HttpMethod.Get, "/repos/acme/forbidden/git/trees/{sha}").Answer(Answers.PermissionDenied("contents=read"));
        server.AddRepository(Failing, repository => repository.Tree = FakeTree.FromPaths("README.md"));
        server.When(HttpMethod.Get, $"/repos/{Failing}/git/trees/{{sha}}").Answer(Answers.ServerError(502));
        return new TourGitHub(server, app);
    }

    /// <summary>How often the server was asked for a repository's tree, by its own log.</summary>
    public int TreeRequests(string repository) => _server.Count(HttpMethod.Get, $"/repos/{repository}/git/trees/{{sha}}");

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
