namespace ScmIntegrations.Testing;

/// <content>Where trees come from.</content>
public sealed partial class FakeTree
{
    /// <summary>
    /// Reads a listing: two lines <c># commit ID</c> and <c># tree ID</c>, then one entry a line as
    /// <c>mode, type, id, size, path</c>, separated by tabs, a missing size written as <c>-</c>. Plain or gzip.
    /// </summary>
    /// <param name="listing">The listing, UTF-8. It is left open.</param>
    /// <returns>The tree.</returns>
    /// <exception cref="FormatException">The text is not such a listing.</exception>
    public static FakeTree FromListing(Stream listing) => TreeListing.Read(listing);

    /// <summary>Reads a listing from a file; see <see cref="FromListing(Stream)"/>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tree.</returns>
    /// <exception cref="FormatException">The file is not such a listing.</exception>
    public static FakeTree FromListing(string path)
    {
        using var stream = File.OpenRead(path);
        return TreeListing.Read(stream);
    }

    /// <summary>Reads the tree of a revision with the <c>git</c> command.</summary>
    /// <param name="checkoutDirectory">The top folder of a git checkout.</param>
    /// <param name="revision">A branch, tag or commit.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <returns>The tree, with the ids that git has.</returns>
    /// <exception cref="InvalidOperationException">
    /// There is no git, the folder is not the top of a checkout (a downloaded archive has no <c>.git</c>: use
    /// <see cref="FromDirectory"/>), or the revision does not exist. The message says which.
    /// </exception>
    public static Task<FakeTree> FromGitAsync(string checkoutDirectory, string revision = "HEAD", CancellationToken cancellationToken = default) =>
        GitCommand.ReadTreeAsync(checkoutDirectory, revision, cancellationToken);

    /// <summary>
    /// Reads a folder that need not be under git, leaving out folders named <c>bin</c>, <c>obj</c> and
    /// <c>.git</c>. Blob and tree ids are the ones git would give to the same bytes; the commit is made up.
    /// A <c>.gitignore</c> is not obeyed.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <returns>The tree.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static FakeTree FromDirectory(string path) => DirectoryReader.Read(path);

    /// <summary>Makes a tree of text files, each holding its own path.</summary>
    /// <param name="paths">The files, for example <c>src/Program.cs</c>.</param>
    /// <returns>The tree, with directories added.</returns>
    public static FakeTree FromPaths(params IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var builder = new FakeTreeBuilder();
        foreach (var path in paths)
        {
            builder.File(path, path);
        }

        return builder.Build();
    }

    /// <summary>Makes up a tree of any size: nested folders, made-up blobs, real tree ids.</summary>
    /// <param name="entries">How many entries, directories included.</param>
    /// <param name="seed">The same seed gives the same tree.</param>
    /// <returns>The tree.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="entries"/> is not positive.</exception>
    public static FakeTree Generate(int entries, int seed = 1) => TreeGenerator.Generate(entries, seed);
}
