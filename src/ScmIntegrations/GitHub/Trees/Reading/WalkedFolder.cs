using System.Text;
using ScmIntegrations.GitHub.Trees.Columns;

namespace ScmIntegrations.GitHub.Trees.Reading;

/// <summary>A folder on the walk, what was answered about it, and the folders in it.</summary>
/// <param name="sha">Its id.</param>
/// <param name="path">Its path from the root, which is the empty string.</param>
/// <param name="above">The folder it is in.</param>
/// <param name="isRecursive">Whether it is read with everything below it; else its direct entries are listed.</param>
internal sealed class WalkedFolder(string sha, string path, WalkedFolder? above, bool isRecursive)
{
    private readonly Dictionary<int, WalkedFolder> _folders = [];

    public string Sha => sha;

    public string Path => path;

    public bool IsRecursive { get; private set; } = isRecursive;

    /// <summary>What was answered; <see langword="null"/> when it was not asked for, or is not there.</summary>
    public TreeAnswer? Answer { get; set; }

    /// <summary>Whether a folder that it is in has the same id.</summary>
    public bool IsWithinItself
    {
        get
        {
            for (var outer = above; outer is not null; outer = outer.Above)
            {
                if (string.Equals(outer.Sha, sha, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private WalkedFolder? Above => above;

    /// <summary>Forgets the answer that was cut short, to be read anew entry by entry.</summary>
    public WalkedFolder ToBeListed()
    {
        (Answer, IsRecursive) = (null, false);
        return this;
    }

    /// <summary>The folders among the direct entries, each to be read whole.</summary>
    public IReadOnlyList<WalkedFolder> ListFolders()
    {
        var entries = Answer!.Entries;
        for (var index = 0; index < entries.Count; index++)
        {
            if (entries.IsFolder(index))
            {
                var name = Encoding.UTF8.GetString(entries.PathOf(index));
                _folders.Add(index, new(entries.ShaOf(index), path.Length == 0 ? name : $"{path}/{name}", this, isRecursive: true));
            }
        }

        return [.. _folders.Values];
    }

    /// <summary>All that was read, in git's order whatever came first: each folder is followed by what is in it.</summary>
    public TreeColumns Gather()
    {
        using var gathered = new TreeColumnsBuilder();

        // A stack of our own: how deep folders are nested is the server's word.
        var open = new Stack<(WalkedFolder Folder, byte[] Prefix, int Next)>();
        open.Push((this, [], 0));
        while (open.TryPop(out var at))
        {
            var (folder, prefix, next) = at;
            if (folder.Answer is not { } answer || next == answer.Entries.Count)
            {
                continue;
            }

            gathered.Add(prefix, answer.Entries, next);
            open.Push((folder, prefix, next + 1));
            if (folder._folders.TryGetValue(next, out var inner))
            {
                open.Push((inner, Encoding.UTF8.GetBytes(inner.Path + "/"), 0));
            }
        }

        return gathered.Build();
    }
}
