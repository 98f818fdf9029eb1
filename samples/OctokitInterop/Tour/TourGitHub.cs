using ScmIntegrations.Testing;

namespace OctokitInterop.Tour;

/// <summary>A GitHub with what goes well and what goes wrong, and a second server that nobody should speak to.</summary>
internal sealed class TourGitHub : IAsyncDisposable
{
    public const long InstallationId = 42;

    private TourGitHub(FakeGitHub server, FakeGitHub stranger, FakeApp app) => (Server, Stranger, App) = (server, stranger, app);

    public FakeGitHub Server { get; }

    /// <summary>A server that a list leads to, and that would like to have the token.</summary>
    public FakeGitHub Stranger { get; }

    public FakeApp App { get; }

    public static async Task<TourGitHub> StartAsync(CancellationToken cancellationToken)
    {
        var server = await FakeGitHub.StartAsync(cancellationToken: cancellationToken);
        var stranger = await FakeGitHub.StartAsync(options => options.UnmatchedRequests = UnmatchedRequestHandling.NotFound, cancellationToken);
        var app = server.AddApp(1, "Iv23liOctokitInterop");
        server.AddInstallation(app, InstallationId, "acme");
        server.AddRepository("acme/checkout", repository => repository.Tree = FakeTree.FromPaths("README.md"));
        server.AddRepository("acme/empty");
        AddAnswers(server, stranger);
        return new TourGitHub(server, stranger, app);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Stranger.DisposeAsync();
    }

    /// <summary>Issues, milestones and the search are scripted: the server has repositories, trees and Apps by itself.</summary>
    private static void AddAnswers(FakeGitHub server, FakeGitHub stranger)
    {
        const string issues = "/repos/acme/checkout/issues";
        server.When(HttpMethod.Get, issues).WithQuery("page", "2").Answer(Answers.Json(200, """[{"number":1,"title":"The basket forgets its coupon","state":"open"}]"""));
        server.When(HttpMethod.Get, issues).WithoutQuery("page").Answer(Answers
            .Json(200, """[{"number":3,"title":"Prices are rounded twice","state":"open"},{"number":2,"title":"A long name breaks the label","state":"open"}]""")
            .WithHeader("Link", $"<{server.Address}repos/acme/checkout/issues?page=2>; rel=\"next\""));
        server.When(HttpMethod.Post, issues).Answer(Answers.PermissionDenied("issues=write"));
        server.When(HttpMethod.Get, "/search/issues").Answer(Answers.PrimaryRateLimit(TimeSpan.FromSeconds(45)).WithHeader("x-ratelimit-resource", "search"));
        server.When(HttpMethod.Get, "/repos/acme/gone/issues").Answer(Answers.NotFound());
        server.When(HttpMethod.Get, "/repos/acme/checkout/milestones").Answer(Answers.Json(200, "[]").StallAfter(1));
        server.When(HttpMethod.Get, "/repos/acme/checkout/labels").Answer(Answers
            .Json(200, """[{"name":"bug","color":"d73a4a"}]""")
            .WithHeader("Link", $"<{stranger.Address}repos/acme/checkout/labels?page=2>; rel=\"next\""));
    }
}
