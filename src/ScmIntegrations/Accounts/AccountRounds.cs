using ScmIntegrations.Errors;

namespace ScmIntegrations.Accounts;

/// <summary>
/// Reads, decides and writes again when another process was first. Of all who write at once one succeeds in every round, so the bound is
/// met only where many processes write one account without end.
/// </summary>
internal sealed class AccountRounds(TimeProvider timeProvider)
{
    private static readonly TimeSpan LongestFight = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);

    /// <summary>Runs rounds until one has a result.</summary>
    /// <exception cref="ScmConflictException">Somebody else was first in every round for 30 seconds.</exception>
    public async Task<T> RunAsync<T>(AccountIdentity identity, Func<Task<T?>> round, CancellationToken cancellationToken)
        where T : class
    {
        var began = timeProvider.GetTimestamp();
        for (var count = 1; ; count++)
        {
            if (await round().ConfigureAwait(false) is { } result)
            {
                return result;
            }

            if (timeProvider.GetElapsedTime(began) >= LongestFight)
            {
                throw ScmException.From(new ScmError
                {
                    Reason = ErrorReason.Conflict,
                    Origin = ErrorOrigin.Client,
                    Message = $"The account {identity} was changed by somebody else in each of {count} rounds; what was supplied is not applied.",
                });
            }

            // At random, so that those who met once do not meet again.
            var pause = FirstPause * count < LongestPause ? FirstPause * count : LongestPause;
            await Task.Delay(pause * Random.Shared.NextDouble(), timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}
