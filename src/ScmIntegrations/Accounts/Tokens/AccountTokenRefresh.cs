using System.Collections.Concurrent;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.UserTokens;

namespace ScmIntegrations.Accounts.Tokens;

/// <summary>
/// Trades the refresh token of an account, once for all callers and instances: turn → lock → read again → trade → store → give back. The
/// trade is nobody's in particular: a caller who leaves must not leave a spent token behind.
/// </summary>
internal sealed class AccountTokenRefresh(
    AccountTokenStore tokens,
    AccountLease lease,
    Func<AccountIdentity, IGitHubUserTokens?> userTokens,
    TimeProvider timeProvider,
    AccountTokenLog log)
{
    /// <summary>The longest that a trade takes, with its second try.</summary>
    public static readonly TimeSpan TradeLimit = TimeSpan.FromSeconds(45);

    /// <summary>The longest that storing its result is tried before callers get it all the same.</summary>
    public static readonly TimeSpan SaveLimit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan SavePause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PeerPause = TimeSpan.FromSeconds(1);

    private readonly AccountGate _gate = new();
    private readonly ConcurrentDictionary<AccountIdentity, Unsaved> _unsaved = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <summary>Gets another token than the one that has ended, or was refused.</summary>
    /// <exception cref="ScmException">There is none to be had.</exception>
    public async Task<AccountToken> RunAsync(AccountToken ended, CancellationToken cancellationToken)
    {
        var work = _gate.RunAsync(ended.Account.Identity, () => RefreshAsync(ended), CancellationToken.None);
        _running[work] = true;
        _ = work.ContinueWith(
            done =>
            {
                _running.TryRemove(done, out _);
                _ = done.Exception;
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return await work.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a token waits to be stored.</summary>
    public bool HasUnsaved(AccountIdentity identity) => _unsaved.ContainsKey(identity);

    /// <summary>The token that could not be stored yet, after one more try to; <see langword="null"/> when there is none.</summary>
    public async Task<AccountToken?> FindUnsavedAsync(AccountIdentity identity)
    {
        if (!_unsaved.TryGetValue(identity, out var unsaved))
        {
            return null;
        }

        try
        {
            return await SaveOnceAsync(unsaved, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever a store throws. Told when it was first met; the token serves meanwhile.
            return _unsaved.ContainsKey(identity) ? unsaved.Fresh : null;
        }
    }

    /// <summary>Waits for what is under way, and tries once more to store what is not. A store that does not answer is not waited for longer than a refresh takes.</summary>
    public async Task CompleteAsync()
    {
        await Task.WhenAll(_running.Keys).WaitAsync(AccountLease.LongestWait + TradeLimit + SaveLimit, timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task saving = Task.WhenAll(_unsaved.Keys.Select(FindUnsavedAsync));
        await saving.WaitAsync(SaveLimit, timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<AccountToken> RefreshAsync(AccountToken ended)
    {
        var identity = ended.Account.Identity;
        if (_unsaved.TryGetValue(identity, out var unsaved))
        {
            // The store still has what was spent for this one. Traded again, that could end the whole grant.
            return await SaveOnceAsync(unsaved, CancellationToken.None).ConfigureAwait(false);
        }

        var present = await tokens.ReadAsync(identity, CancellationToken.None).ConfigureAwait(false);
        return !ended.IsOf(present.Account) ? present
            : await lease.RunAsync(present, () => TradeAsync(present)).ConfigureAwait(false)
            ?? await tokens.ReadAsync(identity, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<AccountToken> TradeAsync(AccountToken seen)
    {
        // Once more now that nobody else trades: it may have been done between the look and the lock.
        var identity = seen.Account.Identity;
        var present = await tokens.ReadAsync(identity, CancellationToken.None).ConfigureAwait(false);
        if (!seen.IsOf(present.Account))
        {
            return present;
        }

        if (!present.CanRenew)
        {
            throw AccountTokenErrors.Reconnect(identity, present.RefreshToken is null ? "its token has ended or was refused, and nothing renews it" : "its refresh token was refused");
        }

        var client = userTokens(identity) ?? throw AccountTokenErrors.NoToken(
            identity,
            $"cannot be renewed: no App is registered that it belongs to. Call AddGitHubUserTokens, without a name or with the name of the connection '{identity.Connection}'");
        try
        {
            var traded = await TradeInTimeAsync(client, present).ConfigureAwait(false);
            return await SaveAsync(new(present, present with { Token = traded.AccessToken, RefreshToken = traded.RefreshToken ?? present.RefreshToken }, traded.ToAccountCredential())).ConfigureAwait(false);
        }
        catch (ScmUnauthorizedException refused) when (refused.Reason is ErrorReason.ReconnectRequired && refused.Origin is ErrorOrigin.GitHub)
        {
            return await RefusedAsync(present, refused).ConfigureAwait(false);
        }
        catch (ScmAmbiguousWriteException)
        {
            // It may have been somebody else's, in spite of the lock; if not, the caller learns that nobody knows.
            if (await tokens.IsCurrentAsync(present, CancellationToken.None).ConfigureAwait(false))
            {
                throw;
            }

            return await tokens.ReadAsync(identity, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<GitHubUserToken> TradeInTimeAsync(IGitHubUserTokens client, AccountToken present)
    {
        using var limit = new CancellationTokenSource(TradeLimit, timeProvider);
        try
        {
            return client is GitHubUserTokens ours
                ? await ours.RefreshAsync(present.RefreshToken!, async token => await tokens.IsCurrentAsync(present, token).ConfigureAwait(false), limit.Token).ConfigureAwait(false)
                : await client.RefreshAsync(present.RefreshToken!, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled) when (limit.IsCancellationRequested)
        {
            throw AccountTokenErrors.Late(present.Account.Identity, TradeLimit, cancelled);
        }
    }

    /// <summary>Stores what the trade has brought, and gives it out only then; where the store fails, it is kept here rather than lost.</summary>
    private async Task<AccountToken> SaveAsync(Unsaved unsaved)
    {
        _unsaved[unsaved.Identity] = unsaved;
        using var limit = new CancellationTokenSource(SaveLimit, timeProvider);
        while (true)
        {
            try
            {
                return await SaveOnceAsync(unsaved, limit.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not ScmUnauthorizedException)
            {
                if (limit.IsCancellationRequested)
                {
                    log.NotSaved(unsaved.Identity, exception);
                    return unsaved.Fresh;
                }
            }

            await Task.Delay(SavePause, timeProvider, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<AccountToken> SaveOnceAsync(Unsaved unsaved, CancellationToken cancellationToken)
    {
        try
        {
            var saved = await tokens.SaveAsync(unsaved.Spent, unsaved.Fresh, unsaved.Credential, cancellationToken).ConfigureAwait(false);
            _unsaved.TryRemove(KeyValuePair.Create(unsaved.Identity, unsaved));
            return saved;
        }
        catch (ScmUnauthorizedException)
        {
            // The account is gone, so there is nothing to keep it for.
            _unsaved.TryRemove(KeyValuePair.Create(unsaved.Identity, unsaved));
            throw;
        }
    }

    /// <summary>A peer may have traded the same token a moment ago and be about to store what it got. If not, the account needs its user.</summary>
    private async Task<AccountToken> RefusedAsync(AccountToken present, ScmUnauthorizedException refused)
    {
        if (await tokens.IsCurrentAsync(present, CancellationToken.None).ConfigureAwait(false))
        {
            await Task.Delay(PeerPause, timeProvider, CancellationToken.None).ConfigureAwait(false);
        }

        if (await tokens.MarkRefusedAsync(present, CancellationToken.None).ConfigureAwait(false) is { } theirs)
        {
            return theirs;
        }

        log.ReconnectNeeded(present.Account.Identity);
        throw AccountTokenErrors.Reconnect(present.Account.Identity, "its refresh token was refused", refused);
    }

    /// <summary>What a trade has brought, until it is stored.</summary>
    private sealed record Unsaved(AccountToken Spent, AccountToken Fresh, OAuthTokenCredential Credential)
    {
        public AccountIdentity Identity => Spent.Account.Identity;
    }
}
