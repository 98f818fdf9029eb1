using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace ScmIntegrations.Testing.Tests;

public sealed class FakeTreeTests : IDisposable
{
    private const string Listing = "# commit\tc0ffee\n# tree\tbeef\n040000\ttree\taaaa\t-\tsrc\n100644\tblob\tbbbb\t12\tsrc/a b.cs\n160000\tcommit\tcccc\t-\tvendor\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("fake-tree-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_listing_is_read_plain_or_compressed(bool isCompressed)
    {
        using var stream = new MemoryStream();
        if (isCompressed)
        {
            using var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
            gzip.Write(Encoding.UTF8.GetBytes(Listing));
        }
        else
        {
            stream.Write(Encoding.UTF8.GetBytes(Listing));
        }

        stream.Position = 0;
        var tree = FakeTree.FromListing(stream);

        tree.CommitId.Should().Be("c0ffee");
        tree.TreeId.Should().Be("beef");
        tree.Entries.Should().Equal(
            new FakeTreeEntry("src", "040000", "tree", "aaaa", null),
            new FakeTreeEntry("src/a b.cs", "100644", "blob", "bbbb", 12),
            new FakeTreeEntry("vendor", "160000", "commit", "cccc", null));
    }

    [Fact]
    public void A_text_that_is_no_listing_is_refused() =>
        FluentActions.Invoking(() => FakeTree.FromListing(new MemoryStream("hello"u8.ToArray()))).Should().Throw<FormatException>();

    [Fact]
    public void The_empty_blob_and_a_nested_tree_have_gits_ids()
    {
        var tree = new FakeTreeBuilder().File("a/b.txt", "").Build();

        tree.Entries.Single(entry => entry.Path is "a/b.txt").Sha.Should().Be("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
        tree.Entries.Select(entry => entry.Path).Should().Equal("a", "a/b.txt");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5000)]
    public void A_generated_tree_has_the_size_asked_for_and_is_the_same_again(int entries)
    {
        var tree = FakeTree.Generate(entries, seed: 7);

        tree.Entries.Should().HaveCount(entries);
        FakeTree.Generate(entries, seed: 7).TreeId.Should().Be(tree.TreeId);
        FakeTree.Generate(entries, seed: 8).TreeId.Should().NotBe(tree.TreeId);
    }

    [Fact]
    public async Task A_folder_and_gits_own_view_of_it_agree()
    {
        Assert.SkipUnless(await TryGitAsync("--version"), "git is not installed");
        await WriteAsync("README.md", "# Hello");
        await WriteAsync("src/a.cs", "class A;");
        await WriteAsync("src-old/a.cs", "class B;");
        await WriteAsync("src.txt", "sorts between the two folders");
        await WriteAsync("été/ü.txt", "names beyond ASCII");
        if (!OperatingSystem.IsWindows())
        {
            await WriteAsync("run.sh", "#!/bin/sh");
            File.SetUnixFileMode(Path.Combine(_folder, "run.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.CreateSymbolicLink(Path.Combine(_folder, "link"), "src/a.cs");
        }

        (await TryGitAsync("init", "-q", "-b", "main")).Should().BeTrue();
        (await TryGitAsync("-c", "core.autocrlf=false", "add", "-A")).Should().BeTrue();
        (await TryGitAsync("-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", "-c", "commit.gpgsign=false", "commit", "-q", "-m", "First")).Should().BeTrue();
        await WriteAsync("bin/ignored.dll", "not committed, and skipped");

        var fromGit = await FakeTree.FromGitAsync(_folder, cancellationToken: Http.Cancellation);
        var fromFolder = FakeTree.FromDirectory(_folder);

        fromGit.Entries.Should().NotBeEmpty();
        fromFolder.Entries.Should().Equal(fromGit.Entries);
        fromFolder.TreeId.Should().Be(fromGit.TreeId);
        fromGit.CommitId.Should().HaveLength(40);
        (await FakeTree.FromGitAsync(_folder, "main", Http.Cancellation)).CommitId.Should().Be(fromGit.CommitId);
        await FluentActions.Awaiting(() => FakeTree.FromGitAsync(Path.Combine(_folder, "src"), cancellationToken: Http.Cancellation))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("*not its top*");
        await FluentActions.Awaiting(() => FakeTree.FromGitAsync(_folder, "no-such-branch", Http.Cancellation))
            .Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task A_folder_without_git_is_told_so()
    {
        await FluentActions.Awaiting(() => FakeTree.FromGitAsync(_folder, cancellationToken: Http.Cancellation))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("*FromDirectory*");
        await FluentActions.Awaiting(() => FakeTree.FromGitAsync(Path.Combine(_folder, "missing"), cancellationToken: Http.Cancellation))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("*does not exist*");
    }

    private async Task WriteAsync(string path, string content)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, content, Http.Cancellation);
    }

    private async Task<bool> TryGitAsync(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder })!;
            await process.WaitForExitAsync(Http.Cancellation);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
