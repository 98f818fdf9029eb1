using Microsoft.Extensions.Options;
using ScmIntegrations.GitHub;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Checks the options of a client, and names all that is wrong at once: the value, the limit and the option.</summary>
internal sealed class GitHubIntegrationOptionsValidator : IValidateOptions<GitHubIntegrationOptions>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, GitHubIntegrationOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        foreach (var failure in Failures(options))
        {
            builder.AddError(string.IsNullOrEmpty(name) ? $"The default GitHub client: {failure}" : $"The GitHub client '{name}': {failure}");
        }

        return builder.Build();
    }

    private static IEnumerable<string> Failures(GitHubIntegrationOptions options) =>
        ((IEnumerable<string?>)
        [
            Address(options.ApiAddress, nameof(options.ApiAddress)),
            Credential(options),
            options.App is { InstallationId: < 1 } app ? $"App.InstallationId is {app.InstallationId}; an installation's id is above 0." : null,
            options.App is not null && string.IsNullOrWhiteSpace(options.App.ClientId) ? "App.ClientId is empty." : null,
            options.App is { Signer: null } ? "App.Signer is null." : null,
            OptionRules.Header(options.UserAgent, "UserAgent"),
            OptionRules.Header(options.ApiVersion, "ApiVersion"),
            options.LogSampleRate is >= 0 and <= 1 ? null : $"LogSampleRate is {options.LogSampleRate}; it is from 0 to 1.",
            OptionRules.Range(options.MaxResponseBytes, 1024, long.MaxValue, "MaxResponseBytes", "bytes"),
            OptionRules.Range(options.MaxBlobBytes, 1024, 1024 * 1024 * 1024, "MaxBlobBytes", "bytes"),
            OptionRules.Range(options.MaxErrorBytes, 1024, 64 * 1024 * 1024, "MaxErrorBytes", "bytes"),
            OptionRules.Range(options.MaxJsonDepth, 8, 1000, "MaxJsonDepth", "levels"),
            OptionRules.Range(options.MaxPages, 1, 10_000, "MaxPages", "pages"),
            OptionRules.Range(options.PageSize, 1, 100, "PageSize", "entries"),
            .. OptionRules.Resilience(options.Resilience),
            OptionRules.Range(options.RateLimits.MaxConcurrency, 1, 10_000, "RateLimits.MaxConcurrency", "requests"),
            OptionRules.Range(options.RateLimits.BackgroundConcurrency, 1, int.MaxValue, "RateLimits.BackgroundConcurrency", "requests"),
            Rate(options.RateLimits.BackgroundRequestsPerSecond, "RateLimits.BackgroundRequestsPerSecond"),
            OptionRules.Range(options.RateLimits.BackgroundBurst, 1, 1_000_000, "RateLimits.BackgroundBurst", "requests"),
            Rate(options.RateLimits.WritesPerSecond, "RateLimits.WritesPerSecond"),
            OptionRules.Range(options.RateLimits.WriteBurst, 1, 1_000_000, "RateLimits.WriteBurst", "writes"),
            options.RateLimits.ReserveFactor is >= 0 and <= 10 ? null : $"RateLimits.ReserveFactor is {options.RateLimits.ReserveFactor}; it is from 0 to 10.",
            OptionRules.Range(options.Trees.MaxRequestsPerTree, 1, int.MaxValue, "Trees.MaxRequestsPerTree", "requests"),
            OptionRules.Range(options.Trees.CacheBytes, 1024 * 1024, long.MaxValue, "Trees.CacheBytes", "bytes"),
            options.Trees.Stagger is null ? "Trees.Stagger is null." : null,
            OptionRules.Range(options.Trees.RepositoryListLifetime, TimeSpan.Zero, Day, "Trees.RepositoryListLifetime"),
            OptionRules.Range(options.Trees.Concurrency, 1, 100, "Trees.Concurrency", "repositories"),
            OptionRules.Range(options.Trees.RequestFloor, 0, int.MaxValue, "Trees.RequestFloor", "requests"),
            OptionRules.Range(options.Trees.MaxConnectionErrors, 1, int.MaxValue, "Trees.MaxConnectionErrors", "errors"),
        ]).OfType<string>();

    /// <summary>What is wrong with an address of GitHub's that a credential is sent to.</summary>
    internal static string? Address(Uri? address, string option) =>
        address is { IsAbsoluteUri: true, Scheme: "https", UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0, IdnHost: "github.com" or "www.github.com" }
            ? $"{option} is github.com, the site; its API is https://api.github.com."
            : OptionRules.Address(address, option, "https://api.github.com");

    private static string? Credential(GitHubIntegrationOptions options) => (options.Credential, options.App) switch
    {
        (null, null) => "there is no credential; call UseToken, UseInstallation or UseApp, or set Credential.",
        (not null, not null) => "there are two credentials, Credential and App; set one.",
        _ => null,
    };

    // Slower than one in an hour is no pace, and the wait for a turn has to fit a timer.
    private static string? Rate(double value, string option) =>
        value is >= 1 / 3600d and <= 1_000_000 ? null : $"{option} is {value} a second; it is from 1/3600 to 1000000.";
}
