using ScmIntegrations.GitHub.Heads;

namespace ScmIntegrations.GitHub.Trees.Cache;

/// <summary>Where a ref leads.</summary>
/// <param name="Tree">What its tree is kept under; <see langword="null"/> for a repository without a commit.</param>
/// <param name="CommitSha">The commit, to ask whether the ref has moved; empty for a repository without one.</param>
/// <param name="Source">Which answer told so.</param>
internal sealed record TreePointer(TreeKey? Tree, string CommitSha, HeadSource Source)
{
    public bool IsEmpty => Tree is null;
}

/// <summary>Everything that separates one pointer from another: who asks whom, for which repository and ref.</summary>
/// <param name="Host">The API's host and port.</param>
/// <param name="Credential">The identity of the credential: what one installation sees, another may not.</param>
/// <param name="Repository">The id and the name it is known under, because a name can pass to another repository; the name alone while no id is known.</param>
/// <param name="GitRef">The ref.</param>
internal sealed record PointerKey(string Host, string Credential, string Repository, string GitRef);

/// <summary>What separates one tree from another: who asked whom, for which repository, and the id that names the content.</summary>
internal sealed record TreeKey(string Host, string Credential, string Repository, string Sha)
{
    public static TreeKey Of(PointerKey key, string sha) => new(key.Host, key.Credential, key.Repository, sha);
}
