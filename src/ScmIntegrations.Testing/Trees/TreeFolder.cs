using System.Text;

namespace ScmIntegrations.Testing;

/// <summary>One directory while a tree is being built.</summary>
internal sealed class TreeFolder
{
    private readonly Dictionary<string, TreeFolder> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FakeTreeEntry> _files = new(StringComparer.Ordinal);

    public void Add(ReadOnlySpan<string> names, FakeTreeEntry entry)
    {
        var name = names[0];
        if (name is "" or "." or "..")
        {
            throw new ArgumentException($"'{entry.Path}' is not a path git can hold.", nameof(entry));
        }

        if (names.Length == 1)
        {
            _files[name] = entry;
            return;
        }

        if (!_folders.TryGetValue(name, out var folder))
        {
            folder = new TreeFolder();
            _folders.Add(name, folder);
        }

        folder.Add(names[1..], entry);
    }

    /// <summary>Appends the entries below this folder in git's order and returns the folder's id.</summary>
    public string Write(string prefix, List<FakeTreeEntry> entries)
    {
        using var content = new MemoryStream();
        foreach (var (name, folder, file) in InGitOrder())
        {
            var entry = file ?? WriteFolder(prefix + name, folder!, entries);
            if (file is not null)
            {
                entries.Add(file);
            }

            // In the object itself the mode of a tree has five digits.
            content.Write(Encoding.UTF8.GetBytes($"{entry.Mode.TrimStart('0')} {name}\0"));
            content.Write(Convert.FromHexString(entry.Sha));
        }

        return GitObject.Id("tree", content.ToArray());
    }

    private static FakeTreeEntry WriteFolder(string path, TreeFolder folder, List<FakeTreeEntry> entries)
    {
        var place = entries.Count;
        entries.Add(new FakeTreeEntry(path, "040000", "tree", "", Size: null));
        entries[place] = entries[place] with { Sha = folder.Write(path + "/", entries) };
        return entries[place];
    }

    private IEnumerable<(string Name, TreeFolder? Folder, FakeTreeEntry? File)> InGitOrder() =>
        _folders.Select(pair => (Key: pair.Key + "/", pair.Key, Folder: (TreeFolder?)pair.Value, File: (FakeTreeEntry?)null))
            .Concat(_files.Where(pair => !_folders.ContainsKey(pair.Key)).Select(pair => (Key: pair.Key, pair.Key, Folder: (TreeFolder?)null, File: (FakeTreeEntry?)pair.Value)))
            .OrderBy(item => Encoding.UTF8.GetBytes(item.Item1), ByteOrder.Instance)
            .Select(item => (item.Item2, item.Folder, item.File));

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
