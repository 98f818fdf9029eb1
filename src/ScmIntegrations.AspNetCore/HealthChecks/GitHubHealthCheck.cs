using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.AspNetCore.HealthChecks;

/// <summary>Says how a client gets on with GitHub: the worst of credential, limits, circuit and probe, and the facts behind it.</summary>
internal sealed class GitHubHealthCheck(
    IGitHubIntegrationClientFactory clients,
    string name,
    GitHubProbe probe,
    IOptionsMonitor<GitHubHealthCheckOptions> options,
    TimeProvider timeProvider) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = options.Get(context.Registration.Name);
        var failed = now.Probe ? await probe.RunAsync(now, cancellationToken).ConfigureAwait(false) : null;
        var status = clients.GetStatus(name);
        var findings = Findings(status, failed, now, context.Registration.FailureStatus).ToList();
        var worst = findings.Count == 0 ? HealthStatus.Healthy : findings.Min(finding => finding.Status);
        return new(worst, findings.Count == 0 ? null : string.Join(" ", findings.Select(finding => finding.Text)), exception: null, Data(status, failed, now));
    }

    private IEnumerable<(HealthStatus Status, string Text)> Findings(GitHubClientStatus status, ErrorReason? failed, GitHubHealthCheckOptions now, HealthStatus failureStatus)
    {
        if (status is { IsCredentialRefused: true, CredentialRefusedAt: { } refusedAt, CredentialRefusal: { } refusal } && timeProvider.GetUtcNow() - refusedAt < now.RefusalLifetime)
        {
            yield return (failureStatus, $"The credential was refused ({refusal}).");
        }

        if (status.Circuit is GitHubCircuitState.Open)
        {
            yield return (now.OpenCircuit, "The circuit is open: too many calls have failed.");
        }

        if (status.LimitedUntil is { } until)
        {
            yield return (now.LowLimit, $"A limit holds until {until:u}.");
        }

        foreach (var resource in now.Resources)
        {
            if (status.Limits.TryGetValue(resource, out var limit) && (limit.Remaining == 0 || limit.Remaining < limit.Limit * now.LeastRemaining))
            {
                yield return (now.LowLimit, string.Create(CultureInfo.InvariantCulture, $"{limit.Remaining} of {limit.Limit} requests are left of the limit {resource} until {limit.ResetsAt:u}."));
            }
        }

        // What the status tells already is not told twice.
        if (failed is { } reason && reason is not (ErrorReason.CircuitOpen or ErrorReason.PrimaryRateLimit or ErrorReason.SecondaryRateLimit) && status.CredentialRefusal != reason)
        {
            yield return (now.FailedProbe, $"GitHub could not be asked ({reason}).");
        }
    }

    private static Dictionary<string, object> Data(GitHubClientStatus status, ErrorReason? failed, GitHubHealthCheckOptions now)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["circuit"] = $"{status.Circuit}" };
        Add("circuit_open_until", status.CircuitOpenUntil);
        Add("limited_until", status.LimitedUntil);
        Add("credential_accepted_at", status.CredentialAcceptedAt);
        Add("credential_refused_at", status.CredentialRefusedAt);
        Add("credential_refusal", status.CredentialRefusal?.ToString());
        foreach (var (resource, limit) in status.Limits)
        {
            data[$"limit_{resource}"] = limit.Limit;
            data[$"limit_{resource}_remaining"] = limit.Remaining;
            data[$"limit_{resource}_resets_at"] = limit.ResetsAt;
        }

        if (now.Probe)
        {
            data["probe"] = failed is { } reason ? $"{reason}" : "ok";
        }

        return data;

        void Add(string key, object? value)
        {
            if (value is not null)
            {
                data[key] = value;
            }
        }
    }
}
