namespace ScmIntegrations.Testing;

/// <summary>One entry of a tree, as git lists it.</summary>
/// <param name="Path">The path from the top of the tree, with forward slashes.</param>
/// <param name="Mode">Six octal digits: 100644, 100755, 040000, 120000 or 160000.</param>
/// <param name="Type"><c>blob</c>, <c>tree</c> or <c>commit</c> (a submodule).</param>
/// <param name="Sha">The object id: 40 hexadecimal digits.</param>
/// <param name="Size">The size of a blob in bytes; <see langword="null"/> for trees and submodules.</param>
public sealed record FakeTreeEntry(string Path, string Mode, string Type, string Sha, long? Size);
