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
        OptionRange.Check(options.MaxBodyBytes, 1024, GitHubWebhookReceiver.MaxBodyBytes, nameof(options.MaxBodyBytes), " bytes"),
        OptionRange.Check(options.ReadTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), nameof(options.ReadTimeout)),
        OptionRange.Check(options.AnswerTimeout, TimeSpan.Zero, TimeSpan.FromSeconds(9), nameof(options.AnswerTimeout)),
        OptionRange.Check(options.HandlerTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(options.HandlerTimeout)),
        OptionRange.Check(options.Concurrency, 1, 1000, nameof(options.Concurrency), " deliveries"),
        OptionRange.Check(options.QueueCapacity, 1, 100_000, nameof(options.QueueCapacity), " deliveries"),
        OptionRange.Check(options.RememberFor, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7), nameof(options.RememberFor)),
        OptionRange.Check(options.MaxRemembered, 100, 1_000_000, nameof(options.MaxRemembered), " deliveries"),
    ];
}
