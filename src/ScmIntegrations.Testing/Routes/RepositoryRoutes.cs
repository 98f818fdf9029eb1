namespace ScmIntegrations.Testing;

/// <summary>A repository itself, and the checks that every route below it shares.</summary>
internal static class RepositoryRoutes
{
    public static void Map(RouteTable routes) =>
        routes.Get("/repos/{owner}/{repo}", call => With(call, repository =>
            new JsonAnswer(200, json => RepositoryJson.Write(json, call, repository), isTagged: true)));

    /// <summary>
    /// Runs a route on its repository. A missing and a hidden one both answer 404, a renamed one redirects.
    /// </summary>
    public static Answer With(Call call, Func<FakeRepository, Answer> handle)
    {
        if (call.Identity is AppIdentity)
        {
            // An app's own token opens only the routes about the app.
            return Answers.BadCredentials();
        }

        var repository = call.State.FindRepository(call["owner"], call["repo"]);
        if (repository is null && call.State.FindMovedRepository(call["owner"], call["repo"]) is { } moved && call.Identity.MaySee(moved))
        {
            return Answers.Redirect(RepositoryPaths.Moved(call, moved));
        }

        return repository is not null && call.Identity.MaySee(repository) ? handle(repository) : Answers.NotFound();
    }

    /// <summary>The same for what needs the permission to read contents.</summary>
    public static Answer WithContents(Call call, Func<FakeRepository, Answer> handle) => With(call, repository =>
    {
        const string needed = "contents=read";
        if (call.Identity is InstallationIdentity installation && installation.Covers(repository) && !installation.Token.Permissions.ContainsKey("contents"))
        {
            return Answers.PermissionDenied(needed);
        }

        call.Context.Response.Headers["X-Accepted-GitHub-Permissions"] = needed;
        return handle(repository);
    });
}
