namespace ScmIntegrations.Testing;

/// <summary>A tree or sub-tree: its id, its entries at any depth, and how much of their paths leads to it.</summary>
internal readonly record struct FakeTreeSlice(string TreeId, ReadOnlyMemory<FakeTreeEntry> Entries, int PrefixLength);
