using System.Security.Cryptography;
using System.Text;
using ScmIntegrations.Caching;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;

namespace ScmIntegrations.Accounts.Tokens;

/// <summary>
/// Speaks as a connected account: its token is read once for any number of callers, renewed in the background when its end is near, and
/// anew after GitHub refused it. The store is looked at again from time to time, because others change accounts too.
/// </summary>
internal sealed class ConnectedAccountCredential(
    AccountIdentity identity,
    AccountTokenStore tokens,
    AccountTokenRefresh refresh,
    TimeProvider timeProvider,
    AccountTokenLog log) : IGitHubCredential
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortMemory = TimeSpan.FromSeconds(2);
    private const int MaxRounds = 3;

    private readonly SingleFlight<int, AccountToken> _flight = new();
    private readonly Lock _gate = new();
    private AccountToken? _current;
    private GitHubToken? _refused;
    private Failure? _failure;
    private long _nextLook;
    private long _nextRenewal;
    private long _keptUntil;
    private int _age;

    public string Identity { get; } = $"account:{identity.Connection}:{Fingerprint(identity)}";

    public CredentialOwner Owner => CredentialOwner.Customer;

    public bool CanRenew => Volatile.Read(ref _current) is not { CanRenew: false };

    public async ValueTask<GitHubToken> GetTokenAsync(CancellationToken cancellationToken = default)
    {
        var now = timeProvider.GetUtcNow();
        var current = Volatile.Read(ref _current);
        if (current is null || !current.Serves(now) || current.Is(Volatile.Read(ref _refused)))
        {
            current = await LoadAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (Claim(ref _nextLook, LookEvery) && !await IsCurrentAsync(current, cancellationToken).ConfigureAwait(false))
        {
            Interlocked.CompareExchange(ref _current, null, current);
            current = await LoadAsync(cancellationToken).ConfigureAwait(false);
        }

        if (current is { CanRenew: true, Token.ExpiresAt: { } end } && end <= now + RenewBefore && Claim(ref _nextRenewal, Pause))
        {
            _ = RenewAsync(current);
        }

        return current.Token;
    }

    public void Invalidate(GitHubToken token)
    {
        // What a new token did not mend another will not: half a minute long the present one is kept.
        if (Volatile.Read(ref _current) is { CanRenew: true } current && current.Is(token) && Claim(ref _keptUntil, Pause))
        {
            Volatile.Write(ref _refused, token);
        }
    }

    /// <summary>Forgets the token, so that the next caller reads the account anew. What is being read meanwhile is not kept, and nobody joins it.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _age++;
            Volatile.Write(ref _current, null);
            Volatile.Write(ref _failure, null);
        }
    }

    private Task<AccountToken> LoadAsync(CancellationToken cancellationToken)
    {
        var age = Volatile.Read(ref _age);
        return _flight.RunAsync(age, token => LoadAsync(age, token), cancellationToken);
    }

    private async Task<AccountToken> LoadAsync(int age, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var refused = Volatile.Read(ref _refused);
        if (Volatile.Read(ref _current) is { } landed && landed.Serves(now) && !landed.Is(refused))
        {
            return landed;
        }

        if (Volatile.Read(ref _failure) is { } failed && failed.Until > timeProvider.GetTimestamp())
        {
            throw ScmException.From(failed.Cause.Error, failed.Cause);
        }

        try
        {
            var loaded = await GetAsync(refused, cancellationToken).ConfigureAwait(false);
            Keep(age, loaded, null);
            Interlocked.CompareExchange(ref _refused, null, refused);
            return loaded;
        }
        catch (ScmException error)
        {
            // A thousand callers must not each learn by a call of their own that there is no token to be had; and an App whose own
            // secret is wrong, or a refresh that nobody knows the end of, or whose answer nobody can read, is not asked again at once.
            var isPassing = error is { Reason: not (ErrorReason.BadCredentials or ErrorReason.UnreadableResponse or ErrorReason.ResponseTooLarge), Error.IsFateUnknown: false };
            var memory = isPassing ? ShortMemory : Pause;
            Keep(age, null, new(error, timeProvider.GetTimestampIn(memory)));
            throw;
        }
    }

    /// <summary>Keeps what a look has come to, unless all was forgotten since it began.</summary>
    private void Keep(int age, AccountToken? loaded, Failure? failure)
    {
        lock (_gate)
        {
            if (age != _age)
            {
                return;
            }

            Volatile.Write(ref _failure, failure);
            if (loaded is not null)
            {
                Volatile.Write(ref _nextLook, timeProvider.GetTimestampIn(LookEvery));
                Volatile.Write(ref _current, loaded);
            }
        }
    }

    /// <summary>The account's token, if need be a new one.</summary>
    /// <param name="refused">A token that will not do.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private async Task<AccountToken> GetAsync(GitHubToken? refused, CancellationToken cancellationToken)
    {
        var token = await refresh.FindUnsavedAsync(identity).ConfigureAwait(false) ?? await tokens.ReadAsync(identity, cancellationToken).ConfigureAwait(false);
        if (token.Serves(timeProvider.GetUtcNow()) && !token.Is(refused))
        {
            return token;
        }

        // What comes is as good as it gets, also where it ends within the minute; only what somebody else has stored can have ended.
        for (var round = 0; round < MaxRounds && (token.HasEnded(timeProvider.GetUtcNow()) || token.Is(refused) || round == 0); round++)
        {
            token = await refresh.RunAsync(token, cancellationToken).ConfigureAwait(false);
        }

        return token;
    }

    /// <summary>Whether the account is as it was read. A store that does not answer takes nobody's token away.</summary>
    private async Task<bool> IsCurrentAsync(AccountToken current, CancellationToken cancellationToken)
    {
        try
        {
            return !refresh.HasUnsaved(identity) && await tokens.IsCurrentAsync(current, cancellationToken).ConfigureAwait(false);
        }
        catch (ScmException exception)
        {
            log.LookFailed(identity, exception);
            return true;
        }
    }

    private async Task RenewAsync(AccountToken present)
    {
        try
        {
            var renewed = await refresh.RunAsync(present, CancellationToken.None).ConfigureAwait(false);
            Interlocked.CompareExchange(ref _current, renewed, present);
        }
        catch (Exception error)
        {
            // The present token still serves; a caller meets the error only when it has ended.
            log.RenewalFailed(identity, error is ScmException known ? known.Reason.ToName() : "unknown", error);
        }
    }

    /// <summary>One caller does what is due; the others leave it alone for a while.</summary>
    private bool Claim(ref long next, TimeSpan pause)
    {
        var due = Volatile.Read(ref next);
        return due <= timeProvider.GetTimestamp() && Interlocked.CompareExchange(ref next, timeProvider.GetTimestampIn(pause), due) == due;
    }

    /// <summary>An account's identity, which can be an e-mail address, as it may stand in caches and messages.</summary>
    private static string Fingerprint(AccountIdentity identity) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', identity.OrganizationId ?? "\u0001", identity.UserId ?? "\u0001", identity.Connection, identity.Identifier))).AsSpan(0, 16));

    /// <summary>Why there was no token, and until when nobody asks again.</summary>
    private sealed record Failure(ScmException Cause, long Until);
}
