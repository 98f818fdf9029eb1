using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.GitHub;

/// <summary>Sends a write and, when its fate is unknown, looks before anything is sent again.</summary>
internal static class ReconciledWrite
{
    private const int MaxSends = 2;

    public static async Task<T> SendAsync<T>(
        Func<CancellationToken, Task<T>> send,
        Func<ScmAmbiguousWriteException, CancellationToken, Task<Reconciliation<T>>> reconcile,
        InteractionScope scope,
        CancellationToken cancellationToken)
    {
        for (var sends = 1; ; sends++)
        {
            try
            {
                return await send(cancellationToken).ConfigureAwait(false);
            }
            catch (ScmAmbiguousWriteException ambiguous)
            {
                var found = await LookAsync(reconcile, ambiguous, scope, cancellationToken).ConfigureAwait(false);
                if (found.IsCarriedOut)
                {
                    return found.Value!;
                }

                if (!found.MayBeSentAgain || sends == MaxSends)
                {
                    throw;
                }
            }
        }
    }

    private static async Task<Reconciliation<T>> LookAsync<T>(
        Func<ScmAmbiguousWriteException, CancellationToken, Task<Reconciliation<T>>> reconcile,
        ScmAmbiguousWriteException ambiguous,
        InteractionScope scope,
        CancellationToken cancellationToken)
    {
        try
        {
            return await reconcile(ambiguous, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // What the caller must know is that a write may have been done; that the look failed comes second.
            scope.ReportWarning("an ambiguous write could not be looked after", exception);
            return Reconciliation.Unknown<T>();
        }
    }
}
