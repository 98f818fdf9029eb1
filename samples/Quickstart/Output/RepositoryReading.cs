using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Interactions;

namespace Quickstart.Output;

/// <summary>What one pass has to say of one repository.</summary>
internal sealed record RepositoryReading(int Pass, RepositoryRef Repository, TreeStatus Status, RepositoryTree? Tree, InteractionOutcome? Outcome, ScmException? Error)
{
    /// <summary>Whether everything asked for is there; an empty repository has nothing more to give.</summary>
    public bool IsRead => Status is not (TreeStatus.Unavailable or TreeStatus.Skipped) && Tree is null or { IsComplete: true };

    public static RepositoryReading Of(int pass, TreeScanResult result) =>
        new(pass, result.Repository, result.Status, result.Tree, result.Outcome, result.Error);
}
