namespace ScmIntegrations.Testing;

/// <summary>Reads a folder into a tree, without git.</summary>
internal static class DirectoryReader
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static FakeTree Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var builder = new FakeTreeBuilder();
        AddFolder(new DirectoryInfo(path), prefix: "", builder);
        return builder.Build();
    }

    private static void AddFolder(DirectoryInfo folder, string prefix, FakeTreeBuilder builder)
    {
        foreach (var item in folder.EnumerateFileSystemInfos())
        {
            // In a linked worktree, .git is a file.
            if (item.Name is ".git")
            {
                continue;
            }

            var path = prefix + item.Name;
            if (item.LinkTarget is { } target)
            {
                builder.SymbolicLink(path, target);
            }
            else if (item is FileInfo file)
            {
                builder.Add(new FakeTreeEntry(path, Mode(file), "blob", GitObject.FileId(file), file.Length));
            }
            else if (item is DirectoryInfo child && child.Name is not ("bin" or "obj"))
            {
                AddFolder(child, path + "/", builder);
            }
        }
    }

    private static string Mode(FileInfo file) =>
        !OperatingSystem.IsWindows() && (file.UnixFileMode & AnyExecute) != UnixFileMode.None ? "100755" : "100644";
}
