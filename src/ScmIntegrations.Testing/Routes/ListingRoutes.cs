using System.Globalization;

namespace ScmIntegrations.Testing;

/// <summary>Lists of repositories.</summary>
internal static class ListingRoutes
{
    public static void Map(RouteTable routes)
    {
        routes.Get("/installation/repositories", ListInstallation);
        routes.Get("/orgs/{org}/repos", call => ListOrganization(call, account => string.Equals(account.Login, call["org"], StringComparison.OrdinalIgnoreCase)));
        routes.Get("/organizations/{id}/repos", call => ListOrganization(call, account => string.Equals(account.Id.ToString(CultureInfo.InvariantCulture), call["id"], StringComparison.Ordinal)));
        routes.Get("/user/repos", call => call.Identity switch
        {
            UserIdentity or AnonymousIdentity => List(call, [.. call.State.Repositories.Where(call.Identity.MaySee)], "/user/repos"),
            _ => Answers.GitHubError(403, "Resource not accessible by integration", "https://docs.github.com/rest/repos/repos#list-repositories-for-the-authenticated-user"),
        });
    }

    private static Answer ListInstallation(Call call)
    {
        if (call.Identity is not InstallationIdentity identity)
        {
            return Answers.GitHubError(
                403,
                "You must authenticate with an installation access token in order to list repositories for an installation.",
                "https://docs.github.com/rest/apps/installations#list-repositories-accessible-to-the-app-installation");
        }

        FakeRepository[] all = [.. call.State.Repositories.Where(identity.Covers)];
        var page = Page.Of(call, all, "/installation/repositories");
        return new JsonAnswer(
            200,
            json =>
            {
                json.WriteStartObject();
                json.WriteNumber("total_count", all.Length);
                json.WriteString("repository_selection", identity.Token.RepositoryIds is null ? identity.Token.Installation.RepositorySelection : "selected");
                json.WriteStartArray("repositories");
                foreach (var repository in page)
                {
                    RepositoryJson.Write(json, call, repository);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            },
            isTagged: true);
    }

    private static Answer ListOrganization(Call call, Func<FakeAccount, bool> isAsked)
    {
        if (call.State.Accounts.FirstOrDefault(isAsked) is not { Type: "Organization" } account)
        {
            return Answers.NotFound();
        }

        var path = string.Create(CultureInfo.InvariantCulture, $"/organizations/{account.Id}/repos");
        return List(call, [.. call.State.Repositories.Where(repository => string.Equals(repository.Owner, account.Login, StringComparison.OrdinalIgnoreCase) && call.Identity.MaySee(repository))], path);
    }

    private static JsonAnswer List(Call call, FakeRepository[] repositories, string path)
    {
        var page = Page.Of(call, repositories, path);
        return new JsonAnswer(
            200,
            json =>
            {
                json.WriteStartArray();
                foreach (var repository in page)
                {
                    RepositoryJson.Write(json, call, repository);
                }

                json.WriteEndArray();
            },
            isTagged: true);
    }
}
