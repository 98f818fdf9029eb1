using Quickstart;
using Quickstart.Arguments;

namespace ScmIntegrations.Quickstart.Tests;

public sealed class AccountKeyFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quickstart-key-");

    private string File => Path.Combine(_folder.FullName, "made", "for", "it", "accounts.key");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_key_is_made_once_and_only_its_owner_can_read_it()
    {
        var (first, isNew) = await ReadAsync();
        var (second, isNewAgain) = await ReadAsync();

        (isNew, isNewAgain).Should().Be((true, false));
        Bytes(second.ToString(), await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken)).Should().HaveCount(32);
        first.Id.Should().Be("default");
        Directory.GetFiles(Path.GetDirectoryName(File)!).Should().Equal(File);
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.GetUnixFileMode(File).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            System.IO.File.GetUnixFileMode(Path.GetDirectoryName(File)!).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task Of_many_who_come_at_once_one_makes_it()
    {
        // Often, because the moment in which two could both make it is short.
        for (var round = 0; round < 50; round++)
        {
            var made = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(ReadAsync, TestContext.Current.CancellationToken)));

            made.Count(one => one.IsNew).Should().Be(1);
            Directory.GetFiles(Path.GetDirectoryName(File)!).Should().Equal(File);
            System.IO.File.Delete(File);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("c2hvcnQ=")]
    public async Task A_file_that_holds_no_key_is_left_alone_and_named(string text)
    {
        Write(text);

        var refused = await FluentActions.Awaiting(ReadAsync).Should().ThrowAsync<UsageException>();

        refused.Which.Message.Should().ContainAll(File, "--encryption-key", "ACCOUNT_ENCRYPTION_KEY").And.NotContain("c2hvcnQ=");
        (await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken)).Should().Be(text);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task A_file_that_others_can_read_is_refused(UnixFileMode others)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
        await ReadAsync();
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        }

        var refused = await FluentActions.Awaiting(ReadAsync).Should().ThrowAsync<UsageException>();

        refused.Which.Message.Should().ContainAll(File, "chmod 600");
    }

    [Fact]
    public async Task A_place_where_no_file_can_be_is_told_with_the_ways_to_go_without()
    {
        var run = await AppRun.WithEnvironmentAsync(
            [("ACCOUNT_KEY_FILE", "/dev/null/accounts.key")],
            "accounts", "upsert", "--connection", "github", "--identifier", "ada", "--access-token", "gho_of_the_tests", "--connection-string", "Host=/nowhere", "--json");

        (run.ExitCode, run.Output).Should().Be((2, ""));
        run.Errors.Should().ContainAll("/dev/null/accounts.key", "--encryption-key", "ACCOUNT_ENCRYPTION_KEY");
    }

    [Theory]
    [InlineData("get")]
    [InlineData("delete")]
    [InlineData("upsert")]
    public async Task Where_nothing_is_encrypted_no_key_is_made(string action)
    {
        var run = await AppRun.WithEnvironmentAsync(
            [("ACCOUNT_KEY_FILE", File)],
            "accounts", action, "--connection", "github", "--identifier", "ada", "--connection-string", "Host=/nowhere;Password=password-of-the-tests", "--json");

        run.ExitCode.Should().Be(1);
        run.Lines.Single().Text("type").Should().Be("error");
        (run.Output + run.Errors).Should().NotContain("password-of-the-tests");
        System.IO.File.Exists(File).Should().BeFalse();
    }

    private static byte[] Bytes(string shown, string text)
    {
        shown.Should().Be("default: ***");
        return Convert.FromBase64String(text.Trim());
    }

    private Task<(Accounts.AccountEncryptionKey Key, bool IsNew)> ReadAsync() => AccountKeyFile.ReadOrCreateAsync(File, TestContext.Current.CancellationToken);

    private void Write(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, text);
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
