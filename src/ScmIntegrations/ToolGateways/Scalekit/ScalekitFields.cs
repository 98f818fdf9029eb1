using System.Globalization;
using System.Text.Json;
using ScmIntegrations.Http;

namespace ScmIntegrations.ToolGateways.Scalekit;

/// <summary>Fields by their two names, and values of enumerations. What is absent, <c>null</c> or of another kind is <see langword="null"/>.</summary>
internal static class ScalekitFields
{
    private static readonly string[] Statuses = ["UNSPECIFIED", "ACTIVE", "EXPIRED", "PENDING_AUTH", "PENDING_VERIFICATION", "DISCONNECTED"];

    private static readonly string[] AuthorizationTypes =
        ["UNSPECIFIED", "OAUTH", "API_KEY", "BASIC_AUTH", "BEARER_TOKEN", "CUSTOM", "BASIC", "OAUTH_M2M", "TRELLO_OAUTH1", "GOOGLE_DWD", "TRUSTED_IDP", "SMART_FHIR", "NO_AUTH"];

    /// <summary>An object.</summary>
    public static JsonElement? Object(JsonElement element, string snake, string camel) => element.Object(snake) ?? element.Object(camel);

    /// <summary>A number of things.</summary>
    public static int? Count(JsonElement element, string snake, string camel) =>
        int.TryParse(element.Text(snake, camel), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    /// <summary>The word of a status; <see langword="null"/> when it is not said.</summary>
    public static string? Status(JsonElement account) => Word(account.Text("status"), Statuses);

    /// <summary>The word of an authorization type; <see langword="null"/> when it is not said.</summary>
    public static string? AuthorizationType(JsonElement account) => Word(account.Text("authorization_type", "authorizationType"), AuthorizationTypes);

    /// <summary>A value by its name or by its number. What is new is kept as it came; what is not specified is nothing.</summary>
    private static string? Word(string? value, string[] words)
    {
        var word = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < words.Length ? words[number] : value;
        return word is null || word.EndsWith("UNSPECIFIED", StringComparison.OrdinalIgnoreCase) || Redaction.Clean(word) is not { Length: > 0 } clean ? null : clean;
    }
}
