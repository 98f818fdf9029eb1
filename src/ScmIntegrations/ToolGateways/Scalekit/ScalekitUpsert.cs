using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;

namespace ScmIntegrations.ToolGateways.Scalekit;

/// <summary>
/// Applies what is supplied to an account that may be there, or come and go meanwhile: read → update, or create. Somebody else's create or
/// delete in between is met by starting anew, once.
/// </summary>
internal sealed class ScalekitUpsert(ScalekitApi api)
{
    private const int Rounds = 2;

    // Callers in other processes are met by the rounds; those in this one need not collide at all.
    private readonly AccountGate _gate = new();

    // A missing account has been seen with INTERNAL_ERROR too; a code that is new may speak of the connection, or of a right.
    private static readonly string?[] CodesOfMissing = [null, "RESOURCE_NOT_FOUND", "NOT_FOUND", "INTERNAL_ERROR"];

    /// <summary>Whether the gateway itself says that there is no such account. A provider's relayed word is not that, nor is a stranger's page or an empty body.</summary>
    public static bool IsMissing(ScmException error) =>
        error.Reason is ErrorReason.NotFound && error.Origin is ErrorOrigin.Platform && error.Error.IsServicesWord && Array.IndexOf(CodesOfMissing, error.Error.ServiceCode) >= 0;

    public Task<AccountUpsert> RunAsync(AccountIdentity identity, ScalekitChange change, CancellationToken cancellationToken) =>
        _gate.RunAsync(identity, () => ConvergeAsync(identity, change, cancellationToken), cancellationToken);

    /// <summary>Creates the account.</summary>
    /// <exception cref="ScmAlreadyExistsException">It is there.</exception>
    public async Task<ConnectedAccount> CreateAsync(AccountIdentity identity, ScalekitChange change, CancellationToken cancellationToken)
    {
        try
        {
            return await api.CreateAsync(identity, change, cancellationToken).ConfigureAwait(false);
        }
        catch (ScmConflictException conflict) when (conflict.Origin is ErrorOrigin.Platform && conflict.Error.IsServicesWord && (int?)conflict.Status is 409)
        {
            throw ScmException.From(conflict.Error with { Reason = ErrorReason.AlreadyExists }, conflict);
        }
        catch (ScmException unread) when (unread.Reason is ErrorReason.UnreadableResponse or ErrorReason.ResponseTooLarge && (int?)unread.Status is >= 200 and < 300)
        {
            // It was carried out.
            if (await LookAsync(identity, cancellationToken).ConfigureAwait(false) is { } created)
            {
                return created;
            }

            throw;
        }
    }

    private async Task<AccountUpsert> ConvergeAsync(AccountIdentity identity, ScalekitChange change, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            try
            {
                return await FindAsync(identity, cancellationToken).ConfigureAwait(false) is { } present
                    && await ApplyAsync(present, change, cancellationToken).ConfigureAwait(false) is { } applied
                        ? new(applied, change.IsEmpty ? AccountOutcome.Unchanged : AccountOutcome.Updated)
                        : await CreateOrLookAsync(identity, change, cancellationToken).ConfigureAwait(false);
            }
            catch (ScmException raced) when (round < Rounds && IsRace(raced))
            {
                // Somebody was first: what there is now has not been read yet.
            }
        }
    }

    /// <summary>Creates the account. Where nobody knows whether that was carried out, it is not sent again: what there is tells.</summary>
    private async Task<AccountUpsert> CreateOrLookAsync(AccountIdentity identity, ScalekitChange change, CancellationToken cancellationToken)
    {
        try
        {
            return new(await CreateAsync(identity, change, cancellationToken).ConfigureAwait(false), AccountOutcome.Created);
        }
        catch (ScmAmbiguousWriteException)
        {
            // What there is may be another caller's, with another credential. To apply ours is safe either way, and says all that is known.
            if (await LookAsync(identity, cancellationToken).ConfigureAwait(false) is { } present
                && await ApplyAsync(present, change, cancellationToken).ConfigureAwait(false) is { } applied)
            {
                return new(applied, AccountOutcome.Updated);
            }

            throw;
        }
    }

    /// <summary>The account; <see langword="null"/> when there is none.</summary>
    private async Task<ConnectedAccount?> FindAsync(AccountIdentity identity, CancellationToken cancellationToken)
    {
        try
        {
            return await api.GetAsync(identity, cancellationToken).ConfigureAwait(false);
        }
        catch (ScmException missing) when (IsMissing(missing))
        {
            return null;
        }
    }

    /// <summary>Applies what is supplied, if anything; <see langword="null"/> when the account is gone by now.</summary>
    private async Task<ConnectedAccount?> ApplyAsync(ConnectedAccount present, ScalekitChange change, CancellationToken cancellationToken)
    {
        try
        {
            return change.IsEmpty ? present : await api.UpdateAsync(present.Identity, change, cancellationToken).ConfigureAwait(false);
        }
        catch (ScmException missing) when (IsMissing(missing))
        {
            return null;
        }
    }

    /// <summary>The account; <see langword="null"/> when there is none, or it cannot be told.</summary>
    private async Task<ConnectedAccount?> LookAsync(AccountIdentity identity, CancellationToken cancellationToken)
    {
        try
        {
            return await api.GetAsync(identity, cancellationToken).ConfigureAwait(false);
        }
        catch (ScmException)
        {
            // What the caller has to know is what became of the write.
            return null;
        }
    }

    private static bool IsRace(ScmException error) => error.Origin is ErrorOrigin.Platform && error.Reason is ErrorReason.AlreadyExists or ErrorReason.Conflict;
}
