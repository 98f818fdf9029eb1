using System.Globalization;

namespace ScmIntegrations.Testing;

/// <summary>What an app asks with its own token.</summary>
internal static class AppRoutes
{
    public static void Map(RouteTable routes)
    {
        routes.Get("/app", call => WithApp(call, app => new JsonAnswer(200, json => AppJson.WriteApp(json, call, app), isTagged: true)));
        routes.Get("/app/installations", call => WithApp(call, app => ListInstallations(call, app)));
        routes.Get("/app/installations/{id}", call => WithInstallation(call, installation => Show(call, installation)));
        routes.Get("/repos/{owner}/{repo}/installation", call => WithApp(call, app =>
            call.State.FindRepository(call["owner"], call["repo"]) is { } repository
            && call.State.FindInstallation(app, repository.Owner) is { } installation
            && installation.Covers(repository)
                ? Show(call, installation)
                : Answers.NotFound()));
        routes.Get("/orgs/{org}/installation", call => WithApp(call, app => ShowFor(call, app, call["org"])));
        routes.Get("/users/{user}/installation", call => WithApp(call, app => ShowFor(call, app, call["user"])));
    }

    public static Answer WithApp(Call call, Func<FakeApp, Answer> handle) =>
        call.Identity is AppIdentity identity
            ? handle(identity.App)
            : Answers.GitHubError(401, "A JSON web token could not be decoded");

    /// <summary>An installation of the calling app; another app's is as good as missing.</summary>
    public static Answer WithInstallation(Call call, Func<FakeInstallation, Answer> handle) => WithApp(call, app =>
        long.TryParse(call["id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && call.State.Installations.TryGetValue(id, out var installation)
        && installation.App == app
            ? handle(installation)
            : Answers.NotFound());

    private static Answer ShowFor(Call call, FakeApp app, string account) =>
        call.State.FindInstallation(app, account) is { } installation ? Show(call, installation) : Answers.NotFound();

    private static JsonAnswer Show(Call call, FakeInstallation installation) =>
        new(200, json => AppJson.WriteInstallation(json, call, installation), isTagged: true);

    private static JsonAnswer ListInstallations(Call call, FakeApp app)
    {
        FakeInstallation[] all = [.. call.State.Installations.Values.Where(installation => installation.App == app).OrderBy(installation => installation.Id)];
        var page = Page.Of(call, all, "/app/installations");
        return new JsonAnswer(200, json =>
        {
            json.WriteStartArray();
            foreach (var installation in page)
            {
                AppJson.WriteInstallation(json, call, installation);
            }

            json.WriteEndArray();
        });
    }
}
