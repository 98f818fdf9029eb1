using ScmIntegrations.Errors;

namespace ScmIntegrations.Octokit.Calls;

/// <summary>One call of a method of Octokit's: the pages it has asked for, one after the other, and what came last.</summary>
/// <param name="maxPages">The most pages.</param>
internal sealed class OctokitCall(int maxPages)
{
    private readonly HashSet<string> _pages = new(StringComparer.Ordinal);

    /// <summary>What came last, for the reader of its body.</summary>
    public OctokitAnswer? Answer { get; set; }

    /// <summary>Notes that a page after the first is asked for, unless it was before, or is one too many: Octokit follows pages for as long as there are any.</summary>
    /// <exception cref="ScmIncompleteListException">The list cannot be read to its end.</exception>
    public void Visit(Uri page)
    {
        var why = page.Scheme is not ("http" or "https") ? "the address of the next page cannot be read"
            : !_pages.Add(page.AbsoluteUri) ? "the pages lead back to one that was read"
            : _pages.Count >= maxPages ? $"the limit of {maxPages} pages was reached"
            : null;
        if (why is not null)
        {
            throw ScmException.From(new ScmError
            {
                Reason = ErrorReason.IncompleteList,
                Origin = ErrorOrigin.Client,
                Message = $"The list is not complete: {why}. Octokit keeps nothing of what was read.",
            });
        }
    }
}
