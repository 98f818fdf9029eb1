using Microsoft.Extensions.Options;
using ScmIntegrations.ToolGateways.Scalekit;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Checks the options of a Scalekit client, and names all that is wrong at once: the value, the limit and the option. Shows no secret.</summary>
internal sealed class ScalekitOptionsValidator : IValidateOptions<ScalekitOptions>
{
    private const int MostErrorBytes = 64 * 1024 * 1024;

    public ValidateOptionsResult Validate(string? name, ScalekitOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        foreach (var failure in Failures(options))
        {
            builder.AddError($"The Scalekit client '{name}': {failure}");
        }

        return builder.Build();
    }

    private static IEnumerable<string> Failures(ScalekitOptions options) =>
        ((IEnumerable<string?>)
        [
            OptionRules.Address(options.Address, "Address", "https://acme.scalekit.com"),
            Credential(options.ClientId, "ClientId"),
            Credential(options.ClientSecret, "ClientSecret"),
            OptionRules.Timeout(options.ToolTimeout, "ToolTimeout"),
            OptionRules.Range(options.MaxResponseBytes, 1024, long.MaxValue, "MaxResponseBytes", "bytes"),
            OptionRules.Range(options.MaxErrorBytes, 1024, MostErrorBytes, "MaxErrorBytes", "bytes"),
            .. OptionRules.Resilience(options.Resilience),
        ]).OfType<string>();

    private static string? Credential(string? value, string option) =>
        string.IsNullOrEmpty(value) ? $"{option} is not set."
        : value.AsSpan().ContainsAnyExceptInRange('!', '~') ? $"{option} has characters that cannot be part of it: it is visible ASCII without white space."
        : null;
}
