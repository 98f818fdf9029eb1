using Microsoft.Extensions.Options;
using ScmIntegrations.CodingAgents.Cursor;
using ScmIntegrations.Errors;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Checks the options of a Cursor client, and names all that is wrong at once: the value, the limit and the option. Shows no secret.</summary>
internal sealed class CursorAgentOptionsValidator : IValidateOptions<CursorAgentOptions>
{
    private const int LeastSecretLength = 32;
    private const int MostSecretLength = 256;
    private const int MostModelLength = 200;

    public ValidateOptionsResult Validate(string? name, CursorAgentOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        foreach (var failure in Failures(options))
        {
            builder.AddError($"The Cursor client '{name}': {failure}");
        }

        return builder.Build();
    }

    private static IEnumerable<string> Failures(CursorAgentOptions options) =>
        ((IEnumerable<string?>)
        [
            Key(options.ApiKey),
            Enum.IsDefined(options.KeyOwner) ? null : $"KeyOwner is {options.KeyOwner}, which is not a {nameof(CredentialOwner)}.",
            OptionRules.Address(options.Address, "Address", "https://api.cursor.com"),
            Enum.IsDefined(options.Api) ? null : $"Api is {options.Api}, which is not a {nameof(CursorApi)}.",
            options.Model is null or { Length: > 0 and <= MostModelLength } ? null : $"Model has {options.Model.Length} characters; it has 1 to {MostModelLength}, or is null.",
            .. Webhook(options),
            OptionRules.Timeout(options.LaunchTimeout, "LaunchTimeout"),
            OptionRules.Range(options.MaxResponseBytes, 1024, long.MaxValue, "MaxResponseBytes", "bytes"),
            OptionRules.Range(options.MaxPages, 1, 1000, "MaxPages", "pages"),
            .. OptionRules.Resilience(options.Resilience),
        ]).OfType<string>();

    private static string? Key(string? key) =>
        string.IsNullOrEmpty(key) ? "ApiKey is not set."
        : key.AsSpan().ContainsAnyExceptInRange('!', '~') || key.Contains(':', StringComparison.Ordinal) ? "ApiKey has characters that cannot be part of a key: it is visible ASCII without a colon."
        : null;

    private static IEnumerable<string?> Webhook(CursorAgentOptions options) => (options.WebhookUrl, options.WebhookSecret) switch
    {
        (null, null) => [],
        (null, _) => ["WebhookSecret is set without WebhookUrl."],
        (_, null) => ["WebhookUrl is set without WebhookSecret: what is not signed cannot be believed."],
        _ =>
        [
            options.WebhookUrl is { IsAbsoluteUri: true, Scheme: "https" } or { IsAbsoluteUri: true, Scheme: "http", IsLoopback: true } ? null : $"WebhookUrl is '{options.WebhookUrl}'; it is an absolute https address.",
            options.WebhookSecret.Length is >= LeastSecretLength and <= MostSecretLength ? null : $"WebhookSecret has {options.WebhookSecret.Length} characters; it has {LeastSecretLength} to {MostSecretLength}.",
            options.Api is CursorApi.V0 ? null : "WebhookUrl needs Api = CursorApi.V0: Cursor's current API sends no webhooks.",
        ],
    };
}
