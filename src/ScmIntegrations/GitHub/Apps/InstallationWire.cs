using System.Globalization;
using System.Text.Json;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Apps;

/// <summary>Reads an installation. Only its id has to be there: what else is missing or of another kind is as if it were absent.</summary>
internal static class InstallationWire
{
    /// <summary>Reads an answer that is one installation.</summary>
    /// <exception cref="WrongShapeException">There is none in it.</exception>
    public static async Task<GitHubInstallation> ReadAsync(GitHubResponse response, GitHubHost host, CancellationToken cancellationToken) =>
        Find(await response.ReadJsonAsync(GitHubJson.Default.JsonElement, cancellationToken).ConfigureAwait(false), host)
        ?? throw new WrongShapeException("The answer holds no installation with an id.");

    /// <summary>Reads a page of a list.</summary>
    /// <returns>The installations, and how many entries are none.</returns>
    /// <exception cref="WrongShapeException">There is no list in it.</exception>
    public static async Task<(List<GitHubInstallation> Installations, int Unreadable)> ReadPageAsync(GitHubResponse response, GitHubHost host, CancellationToken cancellationToken)
    {
        var page = await response.ReadJsonAsync(GitHubJson.Default.JsonElement, cancellationToken).ConfigureAwait(false);
        if (page.ValueKind is not JsonValueKind.Array)
        {
            throw new WrongShapeException("The answer is no list of installations.");
        }

        var read = page.Objects().Select(one => Find(one, host)).OfType<GitHubInstallation>().ToList();
        return (read, page.GetArrayLength() - read.Count);
    }

    private static GitHubInstallation? Find(JsonElement wire, GitHubHost host)
    {
        if (Number(wire.Text("id")) is not (> 0 and var id))
        {
            return null;
        }

        var account = wire.Object("account");
        var installation = new GitHubInstallation
        {
            Id = id,
            Account = account is { } owner && owner.Text("login", "slug") is { } login
                ? new() { Id = Number(owner.Text("id")) ?? 0, Login = login, Type = owner.Text("type") }
                : null,
            TargetType = wire.Text("target_type"),
            HtmlUrl = Uri.TryCreate(wire.Text("html_url"), UriKind.Absolute, out var page) ? page : null,
            RepositorySelection = wire.Text("repository_selection"),
            Permissions = wire.Object("permissions")?.Texts() ?? new(StringComparer.Ordinal),

            // That it is suspended must not be lost to the form of a date.
            SuspendedAt = wire.Time("suspended_at") ?? (wire.Text("suspended_at") is null ? null : DateTimeOffset.UnixEpoch),
        };
        return installation with
        {
            PermissionsUrl = InstallationPages.ForPermissions(host, installation),
            SettingsUrl = InstallationPages.ForSettings(host, installation),
        };
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
