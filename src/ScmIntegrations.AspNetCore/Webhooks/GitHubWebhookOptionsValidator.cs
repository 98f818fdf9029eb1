using System.Globalization;
using Microsoft.Extensions.Options;
using ScmIntegrations.GitHub.Webhooks;

namespace ScmIntegrations.AspNetCore.Webhooks;

/// <summary>Checks the options of an endpoint, and names all that is wrong at once: the value and the limit. It never shows a secret.</summary>
internal sealed class GitHubWebhookOptionsValidator : IValidateOptions<GitHubWebhookOptions>
{
    private const int MaxSecrets = 10;

    public ValidateOptionsResult Validate(string? name, GitHubWebhookOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        foreach (var failure in Failures(options).OfType<string>())
        {
            builder.AddError(string.IsNullOrEmpty(name) ? $"GitHub webhooks: {failure}" : $"GitHub webhooks '{name}': {failure}");
        }

        return builder.Build();
    }

    private static IEnumerable<string?> Failures(GitHubWebhookOptions options) =>
    [
        options.Secrets.Any(secret => !string.IsNullOrWhiteSpace(secret)) ? null
            : "Secrets has no secret, so that no delivery could be verified. Add the webhook's secret as it is set on GitHub; while it is being changed, the new one and the old one.",
        options.Secrets.Count <= MaxSecrets ? null : $"Secrets has {options.Secrets.Count} entries; it has at most {MaxSecrets}.",
        Range(options.MaxBodyBytes, 1024, GitHubWebhookReceiver.MaxBodyBytes, nameof(options.MaxBodyBytes), " bytes"),
        Range(options.ReadTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), nameof(options.ReadTimeout)),
        Range(options.AnswerTimeout, TimeSpan.Zero, TimeSpan.FromSeconds(9), nameof(options.AnswerTimeout)),
        Range(options.HandlerTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(options.HandlerTimeout)),
        Range(options.Concurrency, 1, 1000, nameof(options.Concurrency), " deliveries"),
        Range(options.QueueCapacity, 1, 100_000, nameof(options.QueueCapacity), " deliveries"),
        Range(options.RememberFor, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7), nameof(options.RememberFor)),
        Range(options.MaxRemembered, 100, 1_000_000, nameof(options.MaxRemembered), " deliveries"),
    ];

    private static string? Range<T>(T value, T least, T most, string option, string unit = "")
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0 ? null
            : string.Create(CultureInfo.InvariantCulture, $"{option} is {value}{unit}; it is from {least} to {most}.");
}
