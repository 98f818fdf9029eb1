using ScmIntegrations.Caching;
using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub.Apps;

/// <summary>
/// Asks GitHub, as the App: for the installation that the caller names, else the repository's, the organisation's, the user's.
/// The first that is there is the answer. One flight for all who ask the same; remembered for a while.
/// </summary>
internal sealed class AppInstallationLookup(InstallationReader installations, BoundedCache cache, TimeProvider timeProvider) : IInstallationLookup
{
    /// <summary>What a look-up may take in all: whoever asks has a failure to report, which must not wait long for its embellishment.</summary>
    public static readonly TimeSpan LookUpTime = TimeSpan.FromSeconds(10);

    /// <summary>How long an installation is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>How long it is remembered that there is none: somebody may be installing the App just now.</summary>
    public static readonly TimeSpan NoneLifetime = TimeSpan.FromMinutes(1);

    // An installation of today has some fifty permissions.
    private const int EntryBytes = 8000;

    private readonly SingleFlight<Question, GitHubInstallation?> _flight = new();

    public Task<GitHubInstallation?> FindAsync(RepositoryRef repository, long? installationId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        if (installationId is { } id)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(id, nameof(installationId));
        }

        var question = new Question(repository, installationId);
        return cancellationToken.IsCancellationRequested ? Task.FromCanceled<GitHubInstallation?>(cancellationToken)
            : cache.TryGet<Known>(question, out var known) ? Task.FromResult(known.Installation)
            : _flight.RunAsync(question, token => AskInTimeAsync(question, token), cancellationToken);
    }

    private async Task<GitHubInstallation?> AskInTimeAsync(Question question, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(LookUpTime, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            var found = await AskAsync(question, either.Token).ConfigureAwait(false);
            cache.Set(question, new Known(found), EntryBytes, found is null ? NoneLifetime : Lifetime);
            return found;
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw ScmException.From(
                new ScmError
                {
                    Reason = ErrorReason.Timeout,
                    Origin = ErrorOrigin.Transport,
                    Message = $"The installation of {question.Repository} was not found within {LookUpTime.TotalSeconds:0} s.",
                },
                late);
        }
    }

    private async Task<GitHubInstallation?> AskAsync(Question question, CancellationToken cancellationToken)
    {
        foreach (var request in Requests(question))
        {
            if (await installations.FindAsync(request, cancellationToken).ConfigureAwait(false) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static IEnumerable<GitHubRequest> Requests(Question question)
    {
        if (question.InstallationId is { } id)
        {
            yield return InstallationReader.ById(id);
        }

        yield return InstallationReader.OfRepository(question.Repository);
        yield return InstallationReader.OfOrganization(question.Repository.Owner);
        yield return InstallationReader.OfUser(question.Repository.Owner);
    }

    private sealed record Question(RepositoryRef Repository, long? InstallationId);

    private sealed record Known(GitHubInstallation? Installation);
}
