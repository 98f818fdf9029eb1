using System.Collections.Concurrent;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.GraphQL;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Heads;

/// <summary>
/// Asks where the default branches of many repositories lead, a hundred at a request. It never fails: what it does not
/// learn (no GraphQL there, a refusal, a repository that looks different from its listing) is left to the question for the
/// single repository, which is the judge of it.
/// </summary>
internal sealed class HeadsReader(GitHubConnection connection, TimeProvider timeProvider)
{
    /// <summary>The most ids that GitHub takes in one query.</summary>
    public const int BatchSize = 100;

    // A query that is too much for GitHub is asked for half as much, and not below this many repositories.
    private const int SmallestBatch = 12;

    private const string Text = """
        query($ids: [ID!]!) {
          nodes(ids: $ids) {
            ... on Repository {
              databaseId nameWithOwner isEmpty
              defaultBranchRef { name target { oid ... on Commit { tree { oid } } } }
            }
          }
        }
        """;

    // A GraphQL that is down must not hold up scans that can do without it.
    private static readonly TimeSpan LeftAlone = TimeSpan.FromMinutes(5);

    // As long as the retry table remembers that a batch was too large (row 48), and as long as a server stays without GraphQL.
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(24);

    private readonly GraphQLQuery _query = new(Text) { Name = "get_heads" };
    private (int Size, DateTimeOffset Until) _batch = (BatchSize, DateTimeOffset.MaxValue);
    private long _silentUntil;

    /// <summary>Whether asking is worth a request now.</summary>
    public bool IsAvailable =>
        connection.Options.Trees.BulkHeads
        && timeProvider.GetUtcNow().UtcTicks >= Interlocked.Read(ref _silentUntil)
        && connection.HeldBack("graphql") is null;

    /// <summary>How many repositories one request asks for.</summary>
    public int CurrentBatchSize
    {
        get
        {
            lock (_query)
            {
                return timeProvider.GetUtcNow() < _batch.Until ? _batch.Size : BatchSize;
            }
        }
    }

    /// <summary>The heads that could be had, by repository id.</summary>
    public async Task<IReadOnlyDictionary<long, BranchHead>> ReadAsync(IReadOnlyList<GitHubRepository> repositories, CancellationToken cancellationToken)
    {
        var heads = new ConcurrentDictionary<long, BranchHead>();
        GitHubRepository[] known = [.. repositories.Where(repository => !string.IsNullOrEmpty(repository.NodeId))];
        if (known.Length > 0)
        {
            foreach (var batch in known.Chunk(CurrentBatchSize))
            {
                await ReadBatchAsync(batch, isPart: false, heads, cancellationToken).ConfigureAwait(false);
            }
        }

        return heads;
    }

    private async Task ReadBatchAsync(GitHubRepository[] batch, bool isPart, ConcurrentDictionary<long, BranchHead> heads, CancellationToken cancellationToken)
    {
        if (!IsAvailable)
        {
            return;
        }

        var askedAt = timeProvider.GetUtcNow();
        try
        {
            var answer = await AskAsync(batch, cancellationToken).ConfigureAwait(false);
            if (isPart)
            {
                // Only now is it known that the whole was too much, and not GraphQL down.
                lock (_query)
                {
                    _batch = (batch.Length, askedAt + Remembered);
                }
            }

            foreach (var (repository, node) in batch.Zip(answer.Nodes ?? []))
            {
                if (HeadOf(repository, node, askedAt) is { } head)
                {
                    heads[repository.Id] = head;
                }
            }
        }
        catch (ScmException error) when (!cancellationToken.IsCancellationRequested)
        {
            if (error.Reason is ErrorReason.ServerError or ErrorReason.Timeout)
            {
                if (batch.Length / 2 < SmallestBatch)
                {
                    Interlocked.Exchange(ref _silentUntil, (timeProvider.GetUtcNow() + LeftAlone).UtcTicks);
                    return;
                }

                foreach (var half in batch.Chunk((batch.Length + 1) / 2))
                {
                    await ReadBatchAsync(half, isPart: true, heads, cancellationToken).ConfigureAwait(false);
                }
            }
            else if (IsForGood(error.Reason))
            {
                Interlocked.Exchange(ref _silentUntil, (askedAt + Remembered).UtcTicks);
            }
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A bug in somebody's handler: the question for the single repository meets it too, and tells.
        }
    }

    private Task<HeadsWire> AskAsync(GitHubRepository[] batch, CancellationToken cancellationToken)
    {
        var query = _query.WithVariables(new HeadsVariables([.. batch.Select(repository => repository.NodeId!)]), HeadsJson.Default.HeadsVariables);
        return connection.Interactions.RunAsync(
            connection.Describe(query.Name),
            async scope =>
            {
                try
                {
                    return (await connection.SendAsync(GraphQLReader.ToRequest(query, connection.Host) with { Lane = RequestLane.Background }, GraphQLReader.Read(HeadsJson.Default.HeadsWire), cancellationToken).ConfigureAwait(false)).Data;
                }
                catch (ScmException error) when (IsForGood(error.Reason))
                {
                    // A server or a credential without GraphQL is no trouble: the trees are read one by one.
                    scope.RecordHalt(error);
                    throw;
                }
            },
            cancellationToken);
    }

    /// <summary>What the next query would meet just the same.</summary>
    private static bool IsForGood(ErrorReason reason) => reason
        is ErrorReason.NotFound
        or ErrorReason.Gone
        or ErrorReason.NotAllowed
        or ErrorReason.ValidationFailed
        or ErrorReason.PermissionMissing
        or ErrorReason.TokenPermissionMissing
        or ErrorReason.UnreadableResponse
        or ErrorReason.RedirectRefused;

    /// <summary>
    /// The head of a repository, unless anything differs from what the listing said of it: renamed, another default branch, a
    /// branch that is there in an empty repository, or none in one that is not.
    /// </summary>
    private static BranchHead? HeadOf(GitHubRepository repository, HeadNodeWire? node, DateTimeOffset askedAt)
    {
        if (node is null
            || node.DatabaseId != repository.Id
            || !string.Equals(node.NameWithOwner, repository.FullName, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return (node.IsEmpty, node.DefaultBranchRef) switch
        {
            (true, null) => new(null, null, null, askedAt),
            (false, { Name: { } name, Target.Oid: { } commit }) when string.Equals(name, repository.DefaultBranch, StringComparison.Ordinal) && GitRefName.IsObjectId(commit) =>
                new(name, commit, node.DefaultBranchRef.Target.Tree?.Oid is { } tree && GitRefName.IsObjectId(tree) ? tree : null, askedAt),
            _ => null,
        };
    }
}
