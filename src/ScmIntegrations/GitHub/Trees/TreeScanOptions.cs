namespace ScmIntegrations.GitHub.Trees;

/// <summary>What one scan reads. Bounds that hold for every scan are in <see cref="TreeOptions"/>.</summary>
public sealed record TreeScanOptions
{
    /// <summary>Whose repositories are read.</summary>
    /// <value><see langword="null"/> (the default) stands for those of the credential: the installation's, else the user's.</value>
    public RepositorySource? Source { get; init; }

    /// <summary>Whether archived repositories are read too.</summary>
    /// <value><see langword="false"/> by default.</value>
    public bool IncludeArchived { get; init; }

    /// <summary>How many repositories are read at a time.</summary>
    /// <value><see langword="null"/> (the default) stands for <see cref="TreeOptions.Concurrency"/>; else from 1 to 100.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 100.</exception>
    public int? Concurrency
    {
        get;
        init => field = value is null or (>= 1 and <= 100)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A scan reads from 1 to 100 repositories at a time.");
    }

    /// <summary>Told after every repository.</summary>
    public IProgress<TreeScanProgress>? Progress { get; init; }

    /// <summary>
    /// What an earlier scan has done already, and where this one notes what it does. A repository is done once its result has been
    /// taken and the next one is asked for; one that was not asked for because of a limit or a credential, or that failed in passing, is
    /// not, and is read again by the next scan.
    /// </summary>
    /// <value><see langword="null"/> (the default): everything is read.</value>
    public TreeScanCheckpoint? Checkpoint { get; init; }
}
