using ScmIntegrations.Testing;

namespace Quickstart.Tour;

/// <summary>The tree of the checkout the tour is started in, or the next best thing, and a word on where it came from.</summary>
internal sealed record CheckoutTree(FakeTree Tree, string Origin)
{
    private const int MadeUpEntries = 400;

    public static async Task<CheckoutTree> ReadAsync(string startDirectory, CancellationToken cancellationToken)
    {
        if (FindTop(startDirectory) is not { } top)
        {
            return MadeUp("there is no checkout here");
        }

        try
        {
            return new CheckoutTree(await FakeTree.FromGitAsync(top, cancellationToken: cancellationToken), "the git tree of this checkout");
        }
        catch (InvalidOperationException)
        {
            // No git, or a downloaded archive: the files are there all the same.
            return FromFiles(top);
        }
    }

    private static string? FindTop(string startDirectory)
    {
        for (var directory = new DirectoryInfo(startDirectory); directory is not null; directory = directory.Parent)
        {
            // In a linked worktree, .git is a file.
            if (Path.Exists(Path.Combine(directory.FullName, ".git")) || File.Exists(Path.Combine(directory.FullName, "ScmIntegrations.sln")))
            {
                return directory.FullName;
            }
        }

        return null;
    }

    private static CheckoutTree FromFiles(string top)
    {
        try
        {
            return new CheckoutTree(FakeTree.FromDirectory(top), "the files of this folder, because git could not be asked");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return MadeUp("this checkout cannot be read");
        }
    }

    private static CheckoutTree MadeUp(string why) => new(FakeTree.Generate(MadeUpEntries), $"made up, because {why}");
}
