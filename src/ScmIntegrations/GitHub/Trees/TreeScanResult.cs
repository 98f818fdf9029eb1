using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Heads;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.GitHub.Trees;

/// <summary>What a scan has to say of one repository.</summary>
public sealed record TreeScanResult
{
    /// <summary>The repository.</summary>
    public required RepositoryRef Repository { get; init; }

    /// <summary>Where the tree came from, or why there is none.</summary>
    public required TreeStatus Status { get; init; }

    /// <summary>The tree; <see langword="null"/> when the status is unavailable or skipped.</summary>
    public RepositoryTree? Tree { get; init; }

    /// <summary>Which answer told where the branch leads, or that the repository is empty; <see langword="null"/> without a tree.</summary>
    public HeadSource? Source { get; init; }

    /// <summary>How the call ended; <see langword="null"/> when none was made.</summary>
    public InteractionOutcome? Outcome { get; init; }

    /// <summary>What went wrong, or why nothing was asked; <see langword="null"/> when all is well.</summary>
    public ScmException? Error { get; init; }
}
