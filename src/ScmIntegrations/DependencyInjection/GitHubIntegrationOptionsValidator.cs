using Microsoft.Extensions.Options;
using ScmIntegrations.GitHub;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Checks the options of a client, and names all that is wrong at once: the value, the limit and the option.</summary>
internal sealed class GitHubIntegrationOptionsValidator : IValidateOptions<GitHubIntegrationOptions>
{
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
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
            Address(options.ApiAddress),
            Credential(options),
            options.App is { InstallationId: < 1 } app ? $"App.InstallationId is {app.InstallationId}; an installation's id is above 0." : null,
            options.App is not null && string.IsNullOrWhiteSpace(options.App.ClientId) ? "App.ClientId is empty." : null,
            options.App is { Signer: null } ? "App.Signer is null." : null,
            Header(options.UserAgent, "UserAgent"),
            Header(options.ApiVersion, "ApiVersion"),
            options.LogSampleRate is >= 0 and <= 1 ? null : $"LogSampleRate is {options.LogSampleRate}; it is from 0 to 1.",
            Range(options.MaxResponseBytes, 1024, long.MaxValue, "MaxResponseBytes", "bytes"),
            Range(options.MaxBlobBytes, 1024, 1024 * 1024 * 1024, "MaxBlobBytes", "bytes"),
            Range(options.MaxErrorBytes, 1024, 64 * 1024 * 1024, "MaxErrorBytes", "bytes"),
            Range(options.MaxJsonDepth, 8, 1000, "MaxJsonDepth", "levels"),
            Range(options.MaxPages, 1, 10_000, "MaxPages", "pages"),
            Range(options.PageSize, 1, 100, "PageSize", "entries"),
            Range(options.Resilience.Deadline, Instant, Hour, "Resilience.Deadline"),
            Range(options.Resilience.AttemptTimeout, Instant, Hour, "Resilience.AttemptTimeout"),
            Range(options.Resilience.MaxAttempts, 1, 10, "Resilience.MaxAttempts", "attempts"),
            Range(options.Resilience.MaxRateLimitWait, TimeSpan.Zero, TimeSpan.FromMinutes(65), "Resilience.MaxRateLimitWait"),
            Range(options.Resilience.BackoffBase, TimeSpan.Zero, TimeSpan.FromMinutes(1), "Resilience.BackoffBase"),
            options.Resilience.CircuitFailureRatio is > 0 and <= 1 ? null : $"Resilience.CircuitFailureRatio is {options.Resilience.CircuitFailureRatio}; it is above 0 and at most 1.",
            Range(options.Resilience.CircuitMinimumThroughput, 2, 100_000, "Resilience.CircuitMinimumThroughput", "calls"),
            Range(options.Resilience.CircuitSamplingDuration, TimeSpan.FromMilliseconds(500), Day, "Resilience.CircuitSamplingDuration"),
            Range(options.Resilience.CircuitBreakDuration, TimeSpan.FromMilliseconds(500), Day, "Resilience.CircuitBreakDuration"),
            Range(options.RateLimits.MaxConcurrency, 1, 10_000, "RateLimits.MaxConcurrency", "requests"),
            Range(options.RateLimits.BackgroundConcurrency, 1, int.MaxValue, "RateLimits.BackgroundConcurrency", "requests"),
            Rate(options.RateLimits.BackgroundRequestsPerSecond, "RateLimits.BackgroundRequestsPerSecond"),
            Range(options.RateLimits.BackgroundBurst, 1, 1_000_000, "RateLimits.BackgroundBurst", "requests"),
            Rate(options.RateLimits.WritesPerSecond, "RateLimits.WritesPerSecond"),
            Range(options.RateLimits.WriteBurst, 1, 1_000_000, "RateLimits.WriteBurst", "writes"),
            options.RateLimits.ReserveFactor is >= 0 and <= 10 ? null : $"RateLimits.ReserveFactor is {options.RateLimits.ReserveFactor}; it is from 0 to 10.",
            Range(options.Trees.MaxRequestsPerTree, 1, int.MaxValue, "Trees.MaxRequestsPerTree", "requests"),
            Range(options.Trees.CacheBytes, 1024 * 1024, long.MaxValue, "Trees.CacheBytes", "bytes"),
            options.Trees.Stagger is null ? "Trees.Stagger is null." : null,
            Range(options.Trees.RepositoryListLifetime, TimeSpan.Zero, Day, "Trees.RepositoryListLifetime"),
            Range(options.Trees.Concurrency, 1, 100, "Trees.Concurrency", "repositories"),
            Range(options.Trees.RequestFloor, 0, int.MaxValue, "Trees.RequestFloor", "requests"),
            Range(options.Trees.MaxConnectionErrors, 1, int.MaxValue, "Trees.MaxConnectionErrors", "errors"),
        ]).OfType<string>();

    private static string? Address(Uri? address) => address switch
    {
        null => "ApiAddress is not set.",
        { IsAbsoluteUri: false } => $"ApiAddress is '{address}'; it is an absolute address such as https://api.github.com.",
        { UserInfo.Length: > 0 } => "ApiAddress holds a user name or password; set the credential instead.",
        { Query.Length: > 0 } or { Fragment.Length: > 0 } => $"ApiAddress is '{address.GetLeftPart(UriPartial.Path)}' with a query or fragment; it has neither.",
        { Scheme: "https" } when address.IdnHost is "github.com" or "www.github.com" => "ApiAddress is github.com, the site; its API is https://api.github.com.",
        { Scheme: "https" } => null,
        { Scheme: "http", IsLoopback: true } => null,
        _ => $"ApiAddress is '{address}'; a credential travels over https, or over http to this machine alone.",
    };

    private static string? Credential(GitHubIntegrationOptions options) => (options.Credential, options.App) switch
    {
        (null, null) => "there is no credential; call UseToken, UseInstallation or UseApp, or set Credential.",
        (not null, not null) => "there are two credentials, Credential and App; set one.",
        _ => null,
    };

    private static string? Header(string? value, string option) =>
        string.IsNullOrWhiteSpace(value) || value.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? $"{option} is empty or has characters that cannot stand in a header."
            : null;

    // Slower than one in an hour is no pace, and the wait for a turn has to fit a timer.
    private static string? Rate(double value, string option) =>
        value is >= 1 / 3600d and <= 1_000_000 ? null : $"{option} is {value} a second; it is from 1/3600 to 1000000.";

    private static string? Range(long value, long least, long most, string option, string unit) =>
        value >= least && value <= most ? null : $"{option} is {value} {unit}; it is {Bounds(least, most == long.MaxValue || most == int.MaxValue ? null : most)}.";

    private static string? Range(TimeSpan value, TimeSpan least, TimeSpan most, string option) =>
        value >= least && value <= most ? null : $"{option} is {value}; it is {Bounds(least, most)}.";

    private static string Bounds(object least, object? most) => most is null ? $"at least {least}" : $"from {least} to {most}";
}
