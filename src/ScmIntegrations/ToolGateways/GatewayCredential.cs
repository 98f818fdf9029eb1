using ScmIntegrations.Caching;
using ScmIntegrations.Errors;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.ToolGateways;

/// <summary>
/// The service's own token for a gateway: got once for any number of callers, again shortly before its end, and after the
/// gateway refused it.
/// </summary>
/// <param name="obtain">Asks the gateway for a token, with retries of its own.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class GatewayCredential(Func<CancellationToken, Task<GatewayToken>> obtain, TimeProvider timeProvider) : IGatewayCredential
{
    // A request must not set out with a token that ends under way.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly SingleFlight<long, GatewayToken> _flight = new();
    private Standing _standing = new(0, null, null);

    public async ValueTask<GatewayToken> GetTokenAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _standing).Token is { } present)
        {
            if (present.EndsAt is not { } end || end - Margin > timeProvider.GetUtcNow())
            {
                return present;
            }

            Invalidate(present);
        }

        // One flight for each token that is gone, so that nobody who complains about the next one joins the flight that brought it.
        var generation = Volatile.Read(ref _standing).Generation;
        return await _flight.RunAsync(generation, flightToken => ReplaceAsync(generation, flightToken), cancellationToken).ConfigureAwait(false);
    }

    public void Invalidate(GatewayToken token)
    {
        var standing = Volatile.Read(ref _standing);
        if (ReferenceEquals(standing.Token, token))
        {
            Interlocked.CompareExchange(ref _standing, new(standing.Generation + 1, null, null), standing);
        }
    }

    private async Task<GatewayToken> ReplaceAsync(long generation, CancellationToken cancellationToken)
    {
        // A caller can come when the flight of its generation has just landed.
        var standing = Volatile.Read(ref _standing);
        if (standing.Token is { } landed)
        {
            return landed;
        }

        if (standing.Failure is { } failure && timeProvider.GetElapsedTime(failure.Since) < failure.RememberedFor)
        {
            throw ScmException.From(failure.Cause.Error, failure.Cause);
        }

        try
        {
            var token = await obtain(cancellationToken).ConfigureAwait(false);
            Interlocked.CompareExchange(ref _standing, standing with { Token = token, Failure = null }, standing);
            return token;
        }
        catch (ScmException error)
        {
            // A thousand callers must not each learn by a request of their own that there is no token to be had.
            var row = RetryTable.Find(OperationClass.TokenMint, RetryCondition.None, error.Reason, error.Origin, (int?)error.Status);
            Interlocked.CompareExchange(ref _standing, standing with { Failure = new(error, timeProvider.GetTimestamp(), row.RememberedFor) }, standing);
            throw;
        }
    }

    /// <summary>The token in use, how many have been dropped before it, and why there is none.</summary>
    private sealed record Standing(long Generation, GatewayToken? Token, Failure? Failure);

    /// <summary>Why no token could be had, and for how long nobody asks again; by a timestamp, as a wall clock that is set back would make it last.</summary>
    private sealed record Failure(ScmException Cause, long Since, TimeSpan RememberedFor);
}
