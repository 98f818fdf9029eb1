namespace ScmIntegrations.GitHub.Trees.Columns;

/// <summary>What the columns cannot hold of an entry that is not as git makes them: an unknown mode, an id of another length, a size beyond 4 GiB.</summary>
/// <param name="Index">The entry's place.</param>
/// <param name="Mode">The mode as it was given.</param>
/// <param name="Sha">The id as it was given.</param>
/// <param name="Size">The size as it was given.</param>
internal sealed record OddEntry(int Index, string Mode, string Sha, long? Size)
{
    /// <summary>The object with its two strings.</summary>
    public long SizeInBytes => 56 + Resident.Text(Mode) + Resident.Text(Sha);
}
