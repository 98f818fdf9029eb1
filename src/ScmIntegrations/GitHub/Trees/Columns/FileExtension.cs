namespace ScmIntegrations.GitHub.Trees.Columns;

/// <summary>What stands behind the last dot of a file's name, unless the name begins with that dot.</summary>
internal static class FileExtension
{
    /// <summary>Whether a path ends in an extension. ASCII letters match their capitals; all others match themselves.</summary>
    public static bool IsOf(ReadOnlySpan<byte> path, ReadOnlySpan<byte> extension)
    {
        var name = path[(path.LastIndexOf((byte)'/') + 1)..];
        var dot = name.LastIndexOf((byte)'.');
        if (dot < 1 || name.Length - dot - 1 != extension.Length)
        {
            return false;
        }

        var found = name[(dot + 1)..];
        for (var at = 0; at < found.Length; at++)
        {
            if (found[at] != extension[at] && !(char.IsAsciiLetter((char)found[at]) && (found[at] | 0x20) == (extension[at] | 0x20)))
            {
                return false;
            }
        }

        return true;
    }
}
