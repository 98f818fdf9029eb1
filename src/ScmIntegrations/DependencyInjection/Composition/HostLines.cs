using Microsoft.Extensions.Logging;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Answers;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Interactions;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Limits;
using ScmIntegrations.Resilience.Retries;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Makes the lines of one client to one host. They share what is known of the host's limits, the pace and the retry budget.</summary>
internal sealed class HostLines : IDisposable
{
    private readonly IServiceProvider _services;
    private readonly string _label;
    private readonly GitHubHost _host;
    private readonly string _httpClientName;
    private readonly GitHubIntegrationOptions _options;
    private readonly TimeProvider _time;
    private readonly RateLimitLedger _ledger;
    private readonly RateLimitGate _gate;
    private readonly RateLimitReserve _reserve;
    private readonly RequestTraffic _traffic;
    private readonly AnswerWarnings _warnings;
    private readonly RetryBudget _budget = new();
    private readonly List<CallPipeline> _calls = [];

    /// <summary>Prepares the lines.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="label">The client's name in telemetry.</param>
    /// <param name="host">The host.</param>
    /// <param name="httpClientName">The <see cref="HttpClient"/> that goes to this host and no other.</param>
    /// <param name="options">The client's options.</param>
    public HostLines(IServiceProvider services, string label, GitHubHost host, string httpClientName, GitHubIntegrationOptions options)
    {
        (_services, _label, _host, _httpClientName, _options) = (services, label, host, httpClientName, options);
        _time = services.GetRequiredService<TimeProvider>();
        _ledger = new RateLimitLedger(_time);
        _gate = new RateLimitGate(_time, services.GetRequiredService<SharedStores>().CooldownsOf(host.ApiAddress.Authority));
        _reserve = new RateLimitReserve(_ledger, options.RateLimits.ReserveFactor, _time);
        _traffic = new RequestTraffic(options.RateLimits, _time);
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("ScmIntegrations.GitHub.Answers");
        _warnings = new AnswerWarnings(services.GetRequiredService<IInteractions>(), logger, _time);
    }

    /// <summary>Deadline, retry and a circuit of its own.</summary>
    public CallPipeline NewCalls()
    {
        var telemetry = _services.GetRequiredService<InteractionTelemetry>();
        var calls = new CallPipeline(_options.Resilience, _time, _budget, error => telemetry.CountRetry(_label, error.Reason));
        _calls.Add(calls);
        return calls;
    }

    /// <summary>What has been seen of the host, as far as it concerns a connection. Without the circuit of its mints a client gets nowhere either.</summary>
    public GitHubClientStatus GetStatus(GitHubConnection connection)
    {
        var openUntil = _calls.Max(calls => calls.CircuitOpenUntil);
        var isOpen = openUntil > _time.GetUtcNow();
        var credential = connection.CredentialRecord;
        return new()
        {
            Circuit = isOpen ? GitHubCircuitState.Open : openUntil is null ? GitHubCircuitState.Closed : GitHubCircuitState.HalfOpen,
            CircuitOpenUntil = isOpen ? openUntil : null,
            Limits = _ledger.All(connection.Credential.Identity).ToDictionary(
                reading => reading.Resource,
                reading => new GitHubRateLimit { Limit = reading.Limit, Remaining = reading.Remaining, Used = Math.Max(0, reading.Limit - reading.Remaining), ResetsAt = reading.ResetsAt },
                StringComparer.Ordinal),
            LimitedUntil = connection.HeldBack()?.Error.RetryAt,
            CredentialAcceptedAt = credential.AcceptedAt,
            CredentialRefusedAt = credential.LastRefusal?.At,
            CredentialRefusal = credential.LastRefusal?.Reason,
        };
    }

    /// <summary>A line.</summary>
    public GitHubLine NewLine(CallPipeline calls)
    {
        var httpClients = _services.GetRequiredService<IHttpClientFactory>();
        return new(() => httpClients.CreateClient(_httpClientName), _host, _options, calls, _gate, _ledger, _reserve, _traffic, _warnings, _time);
    }

    /// <summary>A line with a credential, for operations.</summary>
    public GitHubConnection Connect(GitHubLine line, CallPipeline calls, IGitHubCredential credential, InstallationProfile? installation) => new(
        _label,
        _host,
        _options,
        line,
        credential,
        installation,
        _services.GetRequiredService<IInteractions>(),
        calls,
        _gate,
        _reserve,
        _traffic,
        _services.GetRequiredService<InteractionOutcomes>(),
        new CredentialRecord(_time));

    public void Dispose() => _traffic.Dispose();
}
