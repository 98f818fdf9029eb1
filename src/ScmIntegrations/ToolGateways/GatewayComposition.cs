using Microsoft.Extensions.Logging;
using ScmIntegrations.Errors;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.ToolGateways;

/// <summary>Puts a gateway's two lines together, that of calls and that of tokens below it, over one <see cref="HttpClient"/> of the factory's.</summary>
internal sealed class GatewayComposition
{
    /// <summary>Composes the lines.</summary>
    /// <param name="options">Where the gateway is, and the bounds.</param>
    /// <param name="httpClient">Gives the client: guard → what the user adds → socket (<c>DependencyInjection/HttpClients/GatewayHttpClient</c>).</param>
    /// <param name="obtain">Asks the gateway for a token, on a line of its own.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="onRetry">Told of every retry.</param>
    public GatewayComposition(
        GatewayOptions options,
        Func<HttpClient> httpClient,
        Func<GatewayLine, CancellationToken, Task<GatewayToken>> obtain,
        TimeProvider timeProvider,
        ILogger logger,
        Action<ScmException> onRetry)
    {
        var (budget, log) = (new RetryBudget(), new GatewayLog(logger));
        GatewayLine NewLine() => new(httpClient, options, new CallPipeline(options.Resilience, timeProvider, budget, onRetry), timeProvider, log);

        // A token is got within a call, so on a line with a circuit of its own: the one call that tries the gateway after a
        // break would otherwise refuse its own token.
        var tokens = NewLine();
        Line = NewLine();
        Credential = new GatewayCredential(cancellationToken => obtain(tokens, cancellationToken), timeProvider);
    }

    public GatewayLine Line { get; }

    public IGatewayCredential Credential { get; }
}
