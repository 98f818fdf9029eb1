using Quickstart.Counting;
using ScmIntegrations.GitHub;

namespace Quickstart.Output;

/// <summary>Takes what a command finds, as it finds it.</summary>
internal interface IReport
{
    /// <summary>A repository of a listing.</summary>
    ValueTask ListAsync(GitHubRepository repository);

    /// <summary>A repository whose tree was read, or was not.</summary>
    ValueTask ReadAsync(RepositoryReading reading);

    /// <summary>The end of a pass.</summary>
    ValueTask SummarizeAsync(int pass, Cost cost);

    /// <summary>An error of the command, not of one repository.</summary>
    ValueTask FailAsync(Exception error);

    /// <summary>The end of the command, early or not: whatever was held back is shown.</summary>
    ValueTask CompleteAsync();
}
