using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ScmIntegrations.AspNetCore.HealthChecks;

/// <summary>Checks the options of a health check, and names all that is wrong at once.</summary>
internal sealed class GitHubHealthCheckOptionsValidator : IValidateOptions<GitHubHealthCheckOptions>
{
    public ValidateOptionsResult Validate(string? name, GitHubHealthCheckOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        foreach (var failure in Failures(options).OfType<string>())
        {
            builder.AddError($"The health check '{name}': {failure}");
        }

        return builder.Build();
    }

    private static IEnumerable<string?> Failures(GitHubHealthCheckOptions options) =>
    [
        options.LeastRemaining is >= 0 and <= 1 ? null : string.Create(CultureInfo.InvariantCulture, $"LeastRemaining is {options.LeastRemaining}; it is from 0 to 1."),
        Range(options.RefusalLifetime, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), nameof(options.RefusalLifetime)),
        Range(options.ProbeEvery, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(options.ProbeEvery)),
        Range(options.ProbeTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), nameof(options.ProbeTimeout)),
        Known(options.OpenCircuit, nameof(options.OpenCircuit)),
        Known(options.LowLimit, nameof(options.LowLimit)),
        Known(options.FailedProbe, nameof(options.FailedProbe)),
    ];

    private static string? Range(TimeSpan value, TimeSpan least, TimeSpan most, string option) =>
        value >= least && value <= most ? null : $"{option} is {value}; it is from {least} to {most}.";

    private static string? Known(HealthStatus value, string option) => Enum.IsDefined(value) ? null : $"{option} is {(int)value}; it is Unhealthy, Degraded or Healthy.";
}
