using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using ScmIntegrations.GitHub.Heads;

namespace ScmIntegrations.GitHub.Trees.Cache;

/// <summary>Where a ref leads, as a text of three lines for other instances: the id of the tree, that of the commit, and who said so.</summary>
internal static class TreePointerCodec
{
    /// <summary>The text of a pointer.</summary>
    public static byte[] Write(TreePointer pointer) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{pointer.Tree?.Sha}\n{pointer.CommitSha}\n{pointer.Source}"));

    /// <summary>Reads a pointer; what could not stand in an address is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, PointerKey key, [NotNullWhen(true)] out TreePointer? pointer)
    {
        pointer = Encoding.UTF8.GetString(text).Split('\n') is [var sha, var commit, var name]
            && Enum.TryParse<HeadSource>(name, out var source)
            && Enum.IsDefined(source)
            && IsPointer(sha, commit)
                ? new(sha.Length == 0 ? null : TreeKey.Of(key, sha), commit, source)
                : null;
        return pointer is not null;
    }

    private static bool IsPointer(string sha, string commit) =>
        sha.Length == 0 ? commit.Length == 0 : GitRefName.IsValid(sha) && GitRefName.IsValid(commit);
}
