using System.Globalization;
using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>Apps and installations as GitHub writes them.</summary>
internal static class AppJson
{
    public static void WriteApp(Utf8JsonWriter json, IJsonPlace place, FakeApp app)
    {
        json.WriteStartObject();
        json.WriteNumber("id", app.Id);
        json.WriteString("client_id", app.ClientId);
        json.WriteString("slug", app.Slug);
        json.WriteString("name", app.Slug);
        json.WriteStartObject("owner");
        RepositoryJson.WriteAccountFields(json, place, place.State.Account(app.Owner, "Organization"));
        json.WriteEndObject();
        json.WriteString("html_url", $"https://github.com/apps/{app.Slug}");
        WritePermissions(json, app.Permissions);
        WriteNames(json, "events", app.Events);
        json.WriteNumber("installations_count", place.State.Installations.Values.Count(installation => installation.App == app));
        json.WriteEndObject();
    }

    public static void WriteInstallation(Utf8JsonWriter json, IJsonPlace place, FakeInstallation installation)
    {
        var account = place.State.Account(installation.Account, installation.AccountType);
        json.WriteStartObject();
        json.WriteNumber("id", installation.Id);
        WriteAccount(json, place, account);
        json.WriteString("repository_selection", installation.RepositorySelection);
        json.WriteString("access_tokens_url", string.Create(CultureInfo.InvariantCulture, $"{place.Root}/app/installations/{installation.Id}/access_tokens"));
        json.WriteString("repositories_url", $"{place.Root}/installation/repositories");
        json.WriteString("html_url", SettingsUrl(installation));
        json.WriteNumber("app_id", installation.App.Id);
        json.WriteString("client_id", installation.App.ClientId);
        json.WriteString("app_slug", installation.App.Slug);
        json.WriteNumber("target_id", account.Id);
        json.WriteString("target_type", installation.AccountType);
        WritePermissions(json, installation.Permissions);
        WriteNames(json, "events", installation.App.Events);
        WriteTime(json, "suspended_at", installation.SuspendedAt);
        json.WriteEndObject();
    }

    public static void WritePermissions(Utf8JsonWriter json, IReadOnlyDictionary<string, string> permissions)
    {
        json.WriteStartObject("permissions");
        foreach (var (name, level) in permissions.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, level);
        }

        json.WriteEndObject();
    }

    public static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } moment)
        {
            json.WriteString(name, moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    // An enterprise has a slug in the place of a login, and no type.
    private static void WriteAccount(Utf8JsonWriter json, IJsonPlace place, FakeAccount account)
    {
        json.WriteStartObject("account");
        if (account.Type is "Enterprise")
        {
            json.WriteNumber("id", account.Id);
            json.WriteString("slug", account.Login);
            json.WriteString("name", account.Login);
        }
        else
        {
            RepositoryJson.WriteAccountFields(json, place, account);
        }

        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string property, IEnumerable<string> names)
    {
        json.WriteStartArray(property);
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private static string SettingsUrl(FakeInstallation installation) =>
        installation.AccountType is "Organization"
            ? string.Create(CultureInfo.InvariantCulture, $"https://github.com/organizations/{installation.Account}/settings/installations/{installation.Id}")
            : string.Create(CultureInfo.InvariantCulture, $"https://github.com/settings/installations/{installation.Id}");
}
