namespace ScmIntegrations.GitHub.Trees.Columns;

/// <summary>Git's order of paths: by their bytes, where a folder counts as if a slash stood behind its name, so that it stands right before what is in it.</summary>
internal static class GitOrder
{
    public static int Compare(ReadOnlySpan<byte> one, bool isOneFolder, ReadOnlySpan<byte> other, bool isOtherFolder)
    {
        var common = Math.Min(one.Length, other.Length);
        var first = one[..common].SequenceCompareTo(other[..common]);
        if (first != 0)
        {
            return first;
        }

        for (var at = common; ; at++)
        {
            var (left, right) = (At(one, isOneFolder, at), At(other, isOtherFolder, at));
            if (left != right)
            {
                return left.CompareTo(right);
            }

            // A folder and a path that ends in a slash: git has no such path, and yet each must be found.
            if (left < 0)
            {
                return one.Length.CompareTo(other.Length);
            }
        }
    }

    /// <summary>The byte at a place of the path as it is compared; -1 behind its end.</summary>
    private static int At(ReadOnlySpan<byte> path, bool isFolder, int at) =>
        at < path.Length ? path[at] : isFolder && at == path.Length ? '/' : -1;
}
