using ScmIntegrations.CodingAgents.Cursor;
using ScmIntegrations.Errors;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The options of a client of Cursor's cloud agents.</summary>
internal static class CursorAgentOptionTable
{
    private const int LeastSecretLength = 32;
    private const int MostSecretLength = 256;
    private const int MostModelLength = 200;

    public static OptionTable<CursorAgentOptions> Table { get; } = new(
        name => $"The Cursor client '{name}'",
        [
            Row("ApiKey", OptionKinds.Secret("visible ASCII without a colon", ApiKey), options => options.ApiKey, (options, value) => options.ApiKey = value!, "The key, of a user or of a service account. It has to be set."),
            Row("KeyOwner", OptionKinds.Choice<CredentialOwner>(), options => options.KeyOwner, (options, value) => options.KeyOwner = value, "Whose key it is."),
            Row("Address", AddressKinds.Required("https://api.cursor.com"), options => options.Address, (options, value) => options.Address = value!, "The address of the API; the key goes to this origin alone."),
            Row("Api", OptionKinds.Choice<CursorApi>(), options => options.Api, (options, value) => options.Api = value, "The generation of the API."),
            Row("Model", OptionKinds.OptionalText($"of 1 to {MostModelLength} characters", Model), options => options.Model, (options, value) => options.Model = value, "The model for launches that name none."),
            Row("WebhookUrl", AddressKinds.Unchecked("https://example.com/cursor"), options => options.WebhookUrl, (options, value) => options.WebhookUrl = value, "Where Cursor sends changes of status; only the API V0 does."),
            Row("WebhookSecret", OptionKinds.Secret($"of {LeastSecretLength} to {MostSecretLength} characters", static (_, _) => null), options => options.WebhookSecret, (options, value) => options.WebhookSecret = value, "What Cursor signs them with."),
            Row("LaunchTimeout", OptionKinds.Timeout, options => options.LaunchTimeout, (options, value) => options.LaunchTimeout = value, "How long one attempt at a launch may take."),
            Row("MaxResponseBytes", OptionKinds.Whole(1024, long.MaxValue, "bytes"), options => options.MaxResponseBytes, (options, value) => options.MaxResponseBytes = value, "The most bytes of an answer, decompressed."),
            Row("MaxPages", OptionKinds.Whole(1, 1000, "pages"), options => options.MaxPages, (options, value) => options.MaxPages = value, "The most pages of a list, of 100 agents each."),
            .. ResilienceOptionRows.Within<CursorAgentOptions>(options => options.Resilience),
        ])
    {
        Rules = Webhook,
    };

    private static string? ApiKey(string? key, string name) =>
        string.IsNullOrEmpty(key) ? $"{name} is not set."
        : key.AsSpan().ContainsAnyExceptInRange('!', '~') || key.Contains(':', StringComparison.Ordinal) ? $"{name} has characters that cannot be part of a key: it is visible ASCII without a colon."
        : null;

    private static string? Model(string value, string name) =>
        value.Length is > 0 and <= MostModelLength ? null : OptionKinds.Say($"{name} has {value.Length} characters; it has 1 to {MostModelLength}, or is null.");

    private static IEnumerable<string?> Webhook(CursorAgentOptions options, OptionSource<CursorAgentOptions> source)
    {
        var (url, secret) = (source.NameOf("WebhookUrl"), source.NameOf("WebhookSecret"));
        return (options.WebhookUrl, options.WebhookSecret) switch
        {
            (null, null) => [],
            (null, _) => [$"{secret} is set without {url}."],
            (_, null) => [$"{url} is set without {secret}: what is not signed cannot be believed."],
            _ =>
            [
                options.WebhookUrl is { IsAbsoluteUri: true, Scheme: "https" } or { IsAbsoluteUri: true, Scheme: "http", IsLoopback: true } ? null : $"{url} is '{options.WebhookUrl}'; it is an absolute https address.",
                options.WebhookSecret.Length is >= LeastSecretLength and <= MostSecretLength ? null : OptionKinds.Say($"{secret} has {options.WebhookSecret.Length} characters; it has {LeastSecretLength} to {MostSecretLength}."),
                options.Api is CursorApi.V0 ? null : $"{url} needs Api = CursorApi.V0: Cursor's current API sends no webhooks.",
            ],
        };
    }

    private static OptionRow<CursorAgentOptions, T> Row<T>(string path, OptionKind<T> kind, Func<CursorAgentOptions, T> get, Action<CursorAgentOptions, T> set, string meaning) =>
        new(path, kind, get, set, meaning);
}
