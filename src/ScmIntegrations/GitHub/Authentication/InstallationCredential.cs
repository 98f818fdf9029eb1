using Microsoft.Extensions.Logging;
using ScmIntegrations.Caching;
using ScmIntegrations.Errors;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.GitHub.Authentication;

/// <summary>
/// The token of one installation: minted once for any number of callers, renewed in the background when its end is near,
/// and minted anew after GitHub refused it.
/// </summary>
internal sealed partial class InstallationCredential(
    long installationId,
    Func<CancellationToken, Task<GitHubToken>> mint,
    TimeProvider timeProvider,
    ILogger logger) : IGitHubCredential
{
    // A request must not set out with a token that ends under way; ten minutes leave room for a GitHub that is down for a while.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RenewalPause = TimeSpan.FromSeconds(30);

    private readonly SingleFlight<long, GitHubToken> _flight = new();
    private GitHubToken? _current;
    private Failure? _failure;
    private long _nextRenewal;
    private long _keptUntil;

    public string Identity => $"installation:{installationId}";

    public CredentialOwner Owner => CredentialOwner.Customer;

    public bool CanRenew => true;

    public ValueTask<GitHubToken> GetTokenAsync(CancellationToken cancellationToken = default)
    {
        var now = timeProvider.GetUtcNow();
        var current = Volatile.Read(ref _current);
        if (current is null || current.ExpiresAt - Margin <= now)
        {
            return new(MintAsync(instead: current, cancellationToken));
        }

        if (current.ExpiresAt - RenewBefore <= now && ClaimRenewal(now))
        {
            _ = RenewAsync(current);
        }

        return new(current);
    }

    public void Invalidate(GitHubToken token)
    {
        // What a new token did not mend another will not: half a minute long the present one is kept.
        var now = timeProvider.GetUtcNow().UtcTicks;
        if (Volatile.Read(ref _keptUntil) <= now && ReferenceEquals(Interlocked.CompareExchange(ref _current, null, token), token))
        {
            Volatile.Write(ref _keptUntil, now + RenewalPause.Ticks);
        }
    }

    /// <summary>Mints a token in the place of the one the caller has seen. A caller who comes after the mint has landed gets what it brought.</summary>
    private Task<GitHubToken> MintAsync(GitHubToken? instead, CancellationToken cancellationToken) =>
        _flight.RunAsync(
            installationId,
            async flightToken =>
            {
                if (Volatile.Read(ref _current) is { } landed && !ReferenceEquals(landed, instead))
                {
                    return landed;
                }

                if (Volatile.Read(ref _failure) is { } failed && failed.Until > timeProvider.GetUtcNow())
                {
                    throw ScmException.From(failed.Error, failed.Cause);
                }

                return await MintAsync(flightToken).ConfigureAwait(false);
            },
            cancellationToken);

    private async Task<GitHubToken> MintAsync(CancellationToken cancellationToken)
    {
        try
        {
            var minted = await mint(cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _failure, null);
            Volatile.Write(ref _current, minted);
            return minted;
        }
        catch (ScmException error)
        {
            // A thousand callers must not each learn by a mint of their own that there is no token to be had.
            var row = RetryTable.Find(OperationClass.TokenMint, RetryCondition.None, error.Reason, error.Origin, (int?)error.Status);
            Volatile.Write(ref _failure, new(error.Error, error, timeProvider.GetUtcNow() + row.RememberedFor));
            throw;
        }
    }

    /// <summary>One caller renews; after a failure the others leave it alone for a while.</summary>
    private bool ClaimRenewal(DateTimeOffset now)
    {
        var next = Volatile.Read(ref _nextRenewal);
        return next <= now.UtcTicks && Interlocked.CompareExchange(ref _nextRenewal, (now + RenewalPause).UtcTicks, next) == next;
    }

    private async Task RenewAsync(GitHubToken present)
    {
        try
        {
            await MintAsync(instead: present, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ScmException error)
        {
            // The present token still serves; a caller meets the error only when it has ended.
            TokenRenewalFailed(logger, installationId, error.Reason.ToName(), error);
        }
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Warning,
        Message = "The token of installation {InstallationId} could not be renewed ahead of its end ({Reason}); it serves until then.")]
    private static partial void TokenRenewalFailed(ILogger logger, long installationId, string reason, Exception exception);

    /// <summary>A mint that failed, and until when nobody mints again.</summary>
    private sealed record Failure(ScmError Error, ScmException Cause, DateTimeOffset Until);
}
