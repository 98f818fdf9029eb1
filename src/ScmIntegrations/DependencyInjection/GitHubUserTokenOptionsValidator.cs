using Microsoft.Extensions.Options;
using ScmIntegrations.GitHub.UserTokens;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Checks the options of a client of the token endpoints, and names all that is wrong at once: the value, the limit and the option. Shows no secret.</summary>
internal sealed class GitHubUserTokenOptionsValidator : IValidateOptions<GitHubUserTokenOptions>
{
    public ValidateOptionsResult Validate(string? name, GitHubUserTokenOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        foreach (var failure in Failures(options))
        {
            builder.AddError(string.IsNullOrEmpty(name) ? $"The default client of GitHub's user tokens: {failure}" : $"The client of GitHub's user tokens '{name}': {failure}");
        }

        return builder.Build();
    }

    private static IEnumerable<string> Failures(GitHubUserTokenOptions options) =>
        ((IEnumerable<string?>)
        [
            string.IsNullOrEmpty(options.ClientId) ? "ClientId is not set."
                : options.ClientId.AsSpan().ContainsAnyExceptInRange('!', '~') ? $"ClientId is '{options.ClientId}'; it is visible ASCII without white space."
                : null,
            options.ClientSecret is { } secret && (secret.Length == 0 || secret.AsSpan().ContainsAnyExceptInRange('!', '~'))
                ? "ClientSecret is empty or has characters that cannot be part of a secret; it is visible ASCII without white space, or null."
                : null,
            GitHubIntegrationOptionsValidator.Address(options.ApiAddress, nameof(options.ApiAddress)),
            Web(options),
            OptionRules.Header(options.UserAgent, "UserAgent"),
            OptionRules.Range(options.MaxResponseBytes, 1024, long.MaxValue, "MaxResponseBytes", "bytes"),
            .. OptionRules.Resilience(options.Resilience),
        ]).OfType<string>();

    // A server on this machine plays github.com elsewhere; here that would send it the secrets of a test.
    private static string? Web(GitHubUserTokenOptions options) =>
        options.WebAddress is { } web ? OptionRules.Address(web, "WebAddress", "https://github.com")
        : options.ApiAddress is { IsAbsoluteUri: true, IsLoopback: true } ? "WebAddress is not set, and ApiAddress is on this machine; set both."
        : null;
}
