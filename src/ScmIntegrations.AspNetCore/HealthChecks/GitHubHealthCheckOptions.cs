using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ScmIntegrations.AspNetCore.HealthChecks;

/// <summary>What a health check of a GitHub client goes by.</summary>
public sealed class GitHubHealthCheckOptions
{
    /// <summary>The status while the circuit is open. GitHub is down then, or the way to it: restarting this service helps nobody.</summary>
    /// <value><see cref="HealthStatus.Degraded"/> by default.</value>
    public HealthStatus OpenCircuit { get; set; } = HealthStatus.Degraded;

    /// <summary>The status while a limit holds, or less than <see cref="LeastRemaining"/> is left of one. It passes by itself.</summary>
    /// <value><see cref="HealthStatus.Degraded"/> by default.</value>
    public HealthStatus LowLimit { get; set; } = HealthStatus.Degraded;

    /// <summary>The share of an hourly limit that should be left.</summary>
    /// <value>0.1 (a tenth) by default; from 0, where only a limit that is used up counts, to 1.</value>
    public double LeastRemaining { get; set; } = 0.1;

    /// <summary>The resources whose limits count, for example <c>core</c> and <c>graphql</c>.</summary>
    /// <value><c>core</c> by default.</value>
    public IList<string> Resources { get; } = ["core"];

    /// <summary>How long a refused credential counts without another call that says the same. A client that nobody uses learns of no better one, unless it is probed.</summary>
    /// <value>15 minutes by default; from 1 second to 1 day.</value>
    public TimeSpan RefusalLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Whether GitHub is asked, by the one call that costs nothing of the limits (<c>GET /rate_limit</c>); the token of an installation is minted for it where
    /// there is none. Without it a check tells what the calls of the application have met.
    /// </summary>
    /// <value><see langword="false"/> by default.</value>
    public bool Probe { get; set; }

    /// <summary>How long the result of a probe counts, so that checks every second do not ask every time.</summary>
    /// <value>1 minute by default; from 1 second to 1 hour.</value>
    public TimeSpan ProbeEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a probe may take.</summary>
    /// <value>5 seconds by default; from 100 ms to 1 minute.</value>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The status when a probe found GitHub not reachable, too slow, or failing.</summary>
    /// <value><see cref="HealthStatus.Degraded"/> by default.</value>
    public HealthStatus FailedProbe { get; set; } = HealthStatus.Degraded;
}
