namespace ScmIntegrations.GitHub.Trees;

/// <summary>What an entry of a tree is, in git's own terms.</summary>
public enum TreeEntryType
{
    /// <summary>A type that git did not have when this was written.</summary>
    Unknown,

    /// <summary>A file, or a symbolic link.</summary>
    Blob,

    /// <summary>A folder.</summary>
    Tree,

    /// <summary>A submodule: a commit of another repository.</summary>
    Commit,
}
