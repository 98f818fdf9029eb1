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

    // A step that stalls must leave time for the next.
    private static readonly TimeSpan StepTime = TimeSpan.FromSeconds(4);

    /// <summary>How long an installation is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>How long it is remembered that there is none: somebody may be installing the App just now.</summary>
    public static readonly TimeSpan NoneLifetime = TimeSpan.FromMinutes(1);

    // An installation of today has some fifty permissions.
    private const int EntryBytes = 8000;

    private readonly SingleFlight<(Question Question, int Age), Answer> _flight = new();
    private int _age;
    private bool _hasKept;

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
            : AskOnceAsync(question, cancellationToken);
    }

    /// <summary>
    /// Forgets what was found, or not found, for repositories of accounts, and what was found by an installation's id. What is being looked up
    /// meanwhile is not kept, and nobody joins it.
    /// </summary>
    /// <param name="owners">The accounts' logins.</param>
    /// <param name="installationId">The installation; <see langword="null"/> for none.</param>
    public void Forget(IReadOnlyCollection<string> owners, long? installationId)
    {
        Interlocked.Increment(ref _age);
        if (!Volatile.Read(ref _hasKept))
        {
            // Looking at every key would cost most where most clients are told: those of a thousand installations, which look nothing up.
            return;
        }

        cache.RemoveWhere(key => key is Question question
            && (owners.Contains(question.Repository.Owner, StringComparer.OrdinalIgnoreCase) || (installationId is { } id && question.InstallationId == id)));
    }

    private async Task<GitHubInstallation?> AskOnceAsync(Question question, CancellationToken cancellationToken)
    {
        var age = Volatile.Read(ref _age);
        var answer = await _flight.RunAsync((question, age), token => AskInTimeAsync(question, age, token), cancellationToken).ConfigureAwait(false);
        if (answer.Trouble is { } trouble)
        {
            // Here, because a flight is in nobody's interaction.
            installations.Warn("an installation could not be looked up in one way, and was found in another", trouble);
        }

        return answer.Found;
    }

    private async Task<Answer> AskInTimeAsync(Question question, int age, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(LookUpTime, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            var answer = await AskAsync(question, either.Token).ConfigureAwait(false);

            // What was found behind a step that failed may be a coarser answer than that step would have given.
            if (age == Volatile.Read(ref _age))
            {
                Volatile.Write(ref _hasKept, true);
                cache.Set(question, new Known(answer.Found), EntryBytes, answer is { Found: not null, Trouble: null } ? Lifetime : NoneLifetime);
            }

            return answer;
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

    private async Task<Answer> AskAsync(Question question, CancellationToken cancellationToken)
    {
        Exception? trouble = null;
        foreach (var request in Requests(question))
        {
            using var bound = new CancellationTokenSource(StepTime, timeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
            try
            {
                if (await installations.FindAsync(request, either.Token).ConfigureAwait(false) is { } found)
                {
                    return new(found, trouble);
                }
            }
            catch (Exception failed) when (!cancellationToken.IsCancellationRequested && IsOfTheStep(failed))
            {
                trouble ??= failed;
            }
        }

        return trouble is null ? new(null, null) : throw Surfaced(question, trouble);
    }

    /// <summary>Whether the next step can do better: a refused App, a limit or an open circuit would meet it as well.</summary>
    private static bool IsOfTheStep(Exception failed) => failed is OperationCanceledException or ScmException
    {
        Reason: ErrorReason.ServerError or ErrorReason.Transport or ErrorReason.Timeout or ErrorReason.UnreadableResponse or ErrorReason.ResponseTooLarge or ErrorReason.PermissionMissing or ErrorReason.Unknown,
    };

    private static ScmException Surfaced(Question question, Exception trouble) => trouble as ScmException ?? ScmException.From(
        new ScmError
        {
            Reason = ErrorReason.Timeout,
            Origin = ErrorOrigin.Transport,
            Message = $"The installation of {question.Repository}: a look-up was given up after {StepTime.TotalSeconds:0} s.",
        },
        trouble);

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

    /// <summary>What was found, and the first step that failed on the way.</summary>
    private sealed record Answer(GitHubInstallation? Found, Exception? Trouble);

    private sealed record Known(GitHubInstallation? Installation);
}
