namespace ScmIntegrations.GitHub.Trees;

/// <summary>Where a ref points. The id is empty for a repository without a commit.</summary>
internal readonly record struct TreePointer(string Sha)
{
    public bool IsEmpty => Sha.Length == 0;
}

/// <summary>Everything that separates one pointer from another: who asks whom, for which repository and ref.</summary>
/// <param name="Host">The API's host and port.</param>
/// <param name="Credential">The identity of the credential: what one installation sees, another may not.</param>
/// <param name="Repository">The id and the name it is known under, because a name can pass to another repository; the name alone while no id is known.</param>
/// <param name="GitRef">The ref.</param>
internal sealed record PointerKey(string Host, string Credential, string Repository, string GitRef);
