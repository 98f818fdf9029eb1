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

    private readonly SingleFlight<int, GitHubToken> _flight = new();
    private readonly Lock _gate = new();
    private GitHubToken? _current;
    private Failure? _failure;
    private long _nextRenewal;
    private long _keptUntil;
    private int _age;

    /// <summary>The installation that is spoken for.</summary>
    public long InstallationId => installationId;

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

        if (current.ExpiresAt - RenewBefore <= now && Claim(ref _nextRenewal))
        {
            _ = RenewAsync(current);
        }

        return new(current);
    }

    public void Invalidate(GitHubToken token)
    {
        // What a new token did not mend another will not: half a minute long the present one is kept.
        if (Volatile.Read(ref _keptUntil) <= timeProvider.GetTimestamp() && ReferenceEquals(Interlocked.CompareExchange(ref _current, null, token), token))
        {
            Volatile.Write(ref _keptUntil, timeProvider.GetTimestampIn(RenewalPause));
        }
    }

    /// <summary>
    /// Forgets the token, and that none could be had: what the installation may do has changed. A mint that is under way is not joined any
    /// more, and what it brings is not kept.
    /// </summary>
    public void Forget()
    {
        lock (_gate)
        {
            _age++;
            Volatile.Write(ref _current, null);
            Volatile.Write(ref _failure, null);
            Volatile.Write(ref _keptUntil, 0);
        }
    }

    /// <summary>Mints a token in the place of the one the caller has seen. A caller who comes after the mint has landed gets what it brought.</summary>
    private Task<GitHubToken> MintAsync(GitHubToken? instead, CancellationToken cancellationToken)
    {
        var age = Volatile.Read(ref _age);
        return _flight.RunAsync(
            age,
            async flightToken =>
            {
                if (Volatile.Read(ref _current) is { } landed && !ReferenceEquals(landed, instead))
                {
                    return landed;
                }

                if (Volatile.Read(ref _failure) is { } failed && failed.Until > timeProvider.GetTimestamp())
                {
                    throw ScmException.From(failed.Error, failed.Cause);
                }

                return await MintAsync(age, flightToken).ConfigureAwait(false);
            },
            cancellationToken);
    }

    private async Task<GitHubToken> MintAsync(int age, CancellationToken cancellationToken)
    {
        try
        {
            var minted = await mint(cancellationToken).ConfigureAwait(false);
            Keep(age, minted, null);
            return minted;
        }
        catch (ScmException error)
        {
            // A thousand callers must not each learn by a mint of their own that there is no token to be had.
            var row = RetryTable.Find(OperationClass.TokenMint, RetryCondition.None, error.Reason, error.Origin, (int?)error.Status);
            Keep(age, null, new(error.Error, error, timeProvider.GetTimestampIn(row.RememberedFor)));
            throw;
        }
    }

    /// <summary>Keeps what a mint has come to, unless all was forgotten since it began.</summary>
    private void Keep(int age, GitHubToken? minted, Failure? failure)
    {
        lock (_gate)
        {
            if (age != _age)
            {
                return;
            }

            Volatile.Write(ref _failure, failure);
            if (minted is not null)
            {
                Volatile.Write(ref _current, minted);
            }
        }
    }

    /// <summary>One caller renews; after a failure the others leave it alone for a while.</summary>
    private bool Claim(ref long next)
    {
        var due = Volatile.Read(ref next);
        return due <= timeProvider.GetTimestamp() && Interlocked.CompareExchange(ref next, timeProvider.GetTimestampIn(RenewalPause), due) == due;
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
    private sealed record Failure(ScmError Error, ScmException Cause, long Until);
}
