using Microsoft.Extensions.Logging;
using ScmIntegrations.Errors;
using ScmIntegrations.Http;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.ToolGateways;

/// <summary>Puts a gateway's lines together. Not registered anywhere yet: the first real gateway will say what its users need to set.</summary>
internal sealed class GatewayComposition : IDisposable
{
    private readonly OriginGuardHandler _handlers;

    /// <summary>Composes the line of calls and the line of tokens below it.</summary>
    /// <param name="options">Where the gateway is, and the bounds.</param>
    /// <param name="obtain">Asks the gateway for a token, on a line of its own.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="onRetry">Told of every retry.</param>
    public GatewayComposition(
        GatewayOptions options,
        Func<GatewayLine, CancellationToken, Task<GatewayToken>> obtain,
        TimeProvider timeProvider,
        ILogger logger,
        Action<ScmException>? onRetry = null)
    {
        _handlers = new OriginGuardHandler(options.Address) { InnerHandler = SocketSettings.Create(options.Address) };
        var (budget, log) = (new RetryBudget(), new GatewayLog(logger));
        GatewayLine NewLine() => new(
            () => new HttpClient(_handlers, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan },
            options,
            new CallPipeline(options.Resilience, timeProvider, budget, onRetry ?? (static _ => { })),
            timeProvider,
            log);

        // A token is got within a call, so on a line with a circuit of its own: the one call that tries the gateway after a
        // break would otherwise refuse its own token.
        var tokens = NewLine();
        Line = NewLine();
        Credential = new GatewayCredential(cancellationToken => obtain(tokens, cancellationToken), timeProvider);
    }

    public GatewayLine Line { get; }

    public IGatewayCredential Credential { get; }

    public void Dispose() => _handlers.Dispose();
}
