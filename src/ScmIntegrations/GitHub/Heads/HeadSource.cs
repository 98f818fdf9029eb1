namespace ScmIntegrations.GitHub.Heads;

/// <summary>Which answer told where a ref leads, or that the repository is empty.</summary>
public enum HeadSource
{
    /// <summary>The tree's own: it named the commit, or was the 409 of an empty repository.</summary>
    Tree,

    /// <summary>The look-up of the one ref (<c>GET /repos/{owner}/{repo}/commits/{ref}</c>).</summary>
    Commit,

    /// <summary>The GraphQL query for a hundred repositories at a time.</summary>
    Bulk,
}
