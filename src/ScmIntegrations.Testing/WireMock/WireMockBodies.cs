namespace ScmIntegrations.Testing;

/// <summary>Bodies that stand in files of their own, below <c>__files</c>.</summary>
internal sealed class WireMockBodies(string path)
{
    private const string Folder = "__files";

    /// <summary>The bytes of a file below <c>__files</c>, which stands in the folder that was given, or beside it or the file.</summary>
    public byte[] Read(MappingReader response, string name, string file)
    {
        if (Path.IsPathRooted(file) || file.Length == 0 || file.Contains('\0', StringComparison.Ordinal))
        {
            throw response.Wrong(name, $"'{file}' is not a path below {Folder}");
        }

        var root = FindRoot() ?? throw response.Wrong(name, $"there is no folder {Folder} in or beside '{path}'");
        var whole = Path.GetFullPath(Path.Combine(root, file));
        if (!IsBelow(root, whole))
        {
            throw response.Wrong(name, $"'{file}' leads out of {Folder}");
        }

        if (!File.Exists(whole))
        {
            throw response.Wrong(name, $"there is no file '{file}' in '{root}'");
        }

        return LeadsOut(root, whole)
            ? throw response.Wrong(name, $"'{file}' is a link that leads out of {Folder}")
            : File.ReadAllBytes(whole);
    }

    /// <summary>Whether a file is a body and no mapping.</summary>
    public static bool IsBelowFiles(string folder, string file) =>
        Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Contains(Folder, StringComparer.Ordinal);

    /// <summary>Whether the file, or a folder on the way to it, is a link to elsewhere.</summary>
    private static bool LeadsOut(string root, string whole)
    {
        for (var place = whole; IsBelow(root, place); place = Path.GetDirectoryName(place)!)
        {
            if (File.ResolveLinkTarget(place, returnFinalTarget: true) is { } target && !IsBelow(root, target.FullName))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBelow(string root, string whole) =>
        whole.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private string? FindRoot()
    {
        var given = Path.GetFullPath(path);
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(given));
        string?[] places = [given, parent, Path.GetDirectoryName(parent)];
        return places.OfType<string>().Select(place => Path.Combine(place, Folder)).FirstOrDefault(Directory.Exists);
    }
}
