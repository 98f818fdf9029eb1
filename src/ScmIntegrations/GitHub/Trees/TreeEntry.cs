namespace ScmIntegrations.GitHub.Trees;

/// <summary>One entry of a tree.</summary>
/// <param name="Path">The path from the root, with slashes.</param>
/// <param name="Mode">Git's mode: <c>100644</c> file, <c>100755</c> executable, <c>040000</c> folder, <c>160000</c> submodule, <c>120000</c> symbolic link.</param>
/// <param name="Type">What the entry is.</param>
/// <param name="Sha">Git's object id, in hexadecimal.</param>
/// <param name="Size">The size of a file in bytes; <see langword="null"/> for anything else.</param>
public readonly record struct TreeEntry(string Path, string Mode, TreeEntryType Type, string Sha, long? Size);
