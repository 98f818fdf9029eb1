namespace ScmIntegrations.Testing;

/// <summary>Minting and revoking installation tokens.</summary>
internal static class InstallationTokenRoutes
{
    private const string Documentation = "https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app";

    public static void Map(RouteTable routes)
    {
        routes.Post("/app/installations/{id}/access_tokens", call => AppRoutes.WithInstallation(call, installation => Mint(call, installation)));
        routes.Delete("/installation/token", Revoke);
    }

    private static Answer Mint(Call call, FakeInstallation installation)
    {
        if (installation.SuspendedAt is not null)
        {
            return Answers.InstallationSuspended();
        }

        if (MintRequest.Parse(call.Request.Body) is not { } asked)
        {
            return Answers.GitHubError(400, "Problems parsing JSON", Documentation);
        }

        if (asked.Permissions is { } permissions && !permissions.All(permission => IsGranted(installation, permission)))
        {
            return Answers.GitHubError(422, "The permissions requested are not granted to this installation.", Documentation);
        }

        FakeRepository[] covered = [.. call.State.Repositories.Where(installation.Covers)];
        FakeRepository[] chosen = [.. covered.Where(repository => asked.Repositories.Contains(repository.Name, StringComparer.OrdinalIgnoreCase) || asked.RepositoryIds.Contains(repository.Id))];
        if (!asked.Repositories.All(name => chosen.Any(repository => string.Equals(repository.Name, name, StringComparison.OrdinalIgnoreCase)))
            || !asked.RepositoryIds.All(id => chosen.Any(repository => repository.Id == id)))
        {
            return Answers.GitHubError(422, "There is at least one repository that does not exist or is not accessible to the parent installation.", Documentation);
        }

        var token = call.State.Mint(installation, call.Options, asked.Permissions, asked.IsNarrowed ? chosen.Select(repository => repository.Id).ToHashSet() : null);
        return Created(call, token, chosen);
    }

    private static bool IsGranted(FakeInstallation installation, KeyValuePair<string, string> asked) =>
        installation.Permissions.TryGetValue(asked.Key, out var level)
        && (string.Equals(level, asked.Value, StringComparison.Ordinal) || (level is "write" or "admin" && asked.Value is "read") || (level is "admin" && asked.Value is "write"));

    private static JsonAnswer Created(Call call, InstallationToken token, FakeRepository[] chosen) => new(201, json =>
    {
        json.WriteStartObject();
        json.WriteString("token", token.Value);
        AppJson.WriteTime(json, "expires_at", token.ExpiresAt);
        AppJson.WritePermissions(json, token.Permissions);
        json.WriteString("repository_selection", token.RepositoryIds is null ? token.Installation.RepositorySelection : "selected");
        if (token.RepositoryIds is not null)
        {
            json.WriteStartArray("repositories");
            foreach (var repository in chosen)
            {
                RepositoryJson.Write(json, call, repository);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    });

    private static Answer Revoke(Call call)
    {
        if (call.Identity is not InstallationIdentity identity)
        {
            return Answers.BadCredentials();
        }

        call.State.InstallationTokens.TryRemove(identity.Token.Value, out _);
        return Answers.Text(204);
    }
}
