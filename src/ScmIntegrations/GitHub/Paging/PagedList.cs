namespace ScmIntegrations.GitHub.Paging;

/// <summary>A list that is read page by page: where it begins, and what is made of a page.</summary>
/// <param name="Operation">The name of its interaction.</param>
/// <param name="First">The request for its first page; <see cref="GitHubRequest.AllowPartialResults"/> says whether what single sign-on leaves out is an error.</param>
/// <param name="Read">Reads a page.</param>
internal sealed record PagedList<T>(string Operation, GitHubRequest First, PageReader<T> Read)
{
    /// <summary>What is asked before the first page, in the same interaction.</summary>
    public Func<CancellationToken, Task>? Prepare { get; init; }

    /// <summary>What is listed, in messages.</summary>
    public string Name { get; init; } = First.ToString();

    /// <summary>What the entries are called.</summary>
    public string Entries { get; init; } = "entries";

    /// <summary>Whether an entry has not been listed yet: one can move from page to page while they are read.</summary>
    public Func<T, bool> IsNew { get; init; } = static _ => true;
}
