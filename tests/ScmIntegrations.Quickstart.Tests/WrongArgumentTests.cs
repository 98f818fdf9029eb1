using ScmIntegrations.Testing;

namespace ScmIntegrations.Quickstart.Tests;

public sealed class WrongArgumentTests : IAsyncLifetime
{
    private FakeGitHub _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeGitHub.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("command", "--json")]
    [InlineData("command", "fetch")]
    [InlineData("--colour is not an option", "repos", "--colour")]
    [InlineData("-x is not an option", "repos", "-x")]
    [InlineData("--token needs a value", "repos", "--token")]
    [InlineData("--token needs a value", "repos", "--token", "--json")]
    [InlineData("--token needs a value", "repos", "--token=")]
    [InlineData("--json takes no value", "repos", "--json=yes")]
    [InlineData("--org is given twice", "repos", "--org", "a", "--org", "b")]
    [InlineData("No credential", "repos")]
    [InlineData("Two credentials", "repos", "--token", "t", "--client-id", "c")]
    [InlineData("--private-key and --installation-id", "repos", "--client-id", "c")]
    [InlineData("--client-id", "repos", "--private-key", "/dev/null", "--installation-id", "1")]
    [InlineData("--installation-id is '0'", "repos", "--client-id", "c", "--private-key", "/dev/null", "--installation-id", "0")]
    [InlineData("--installation-id is 'one'", "repos", "--client-id", "c", "--private-key", "/dev/null", "--installation-id", "one")]
    [InlineData("--private-key: '/nowhere/key.pem' cannot be read", "repos", "--client-id", "c", "--private-key", "/nowhere/key.pem", "--installation-id", "1")]
    [InlineData("--private-key: '/' cannot be read", "repos", "--client-id", "c", "--private-key", "/", "--installation-id", "1")]
    [InlineData("--private-key: '/dev/zero' has more", "repos", "--client-id", "c", "--private-key", "/dev/zero", "--installation-id", "1")]
    [InlineData("--token has characters", "repos", "--token", "a b")]
    [InlineData("--org", "repos", "--token", "t", "--org", "a/b")]
    [InlineData("needs --client-id and --private-key", "audit")]
    [InlineData("needs --private-key", "audit", "--client-id", "c")]
    [InlineData("needs --client-id", "audit", "--private-key", "/dev/null")]
    [InlineData("--token belongs to repos, tree, scan", "audit", "--client-id", "c", "--private-key", "/dev/null", "--token", "t")]
    [InlineData("--org belongs to repos, tree, scan", "audit", "--client-id", "c", "--private-key", "/dev/null", "--org", "acme")]
    [InlineData("--installation-id is '0'", "audit", "--client-id", "c", "--private-key", "/dev/null", "--installation-id", "0")]
    [InlineData("audit takes no operand", "audit", "acme", "--client-id", "c", "--private-key", "/dev/null")]
    [InlineData("takes no operand", "repos", "acme/api", "--token", "t")]
    [InlineData("--passes belongs to scan", "repos", "--token", "t", "--passes", "2")]
    [InlineData("--ref belongs to tree", "scan", "--token", "t", "--ref", "main")]
    [InlineData("tree needs a repository", "tree", "--token", "t")]
    [InlineData("OWNER/NAME", "tree", "acme", "--token", "t")]
    [InlineData("OWNER/NAME", "tree", "a/b/c", "--token", "t")]
    [InlineData("OWNER/NAME", "tree", "../x", "--token", "t")]
    [InlineData("OWNER/NAME", "tree", "acme/", "--token", "t")]
    [InlineData("takes one operand", "tree", "acme/api", "main", "--token", "t")]
    [InlineData("--ref is 'a..b'", "tree", "acme/api", "--token", "t", "--ref", "a..b")]
    [InlineData("--ref is 'a b'", "tree", "acme/api", "--token", "t", "--ref=a b")]
    [InlineData("--passes is '0'; it is a number from 1 to 1000", "scan", "--token", "t", "--passes", "0")]
    [InlineData("--passes is '-1'", "scan", "--token", "t", "--passes", "-1")]
    [InlineData("--passes is 'two'", "scan", "--token", "t", "--passes=two")]
    [InlineData("--concurrency is '0'; it is a number from 1 to 100", "scan", "--token", "t", "--concurrency", "0")]
    [InlineData("--concurrency is '101'", "scan", "--token", "t", "--concurrency", "101")]
    public async Task Message_on_stderr_exit_2_and_nothing_sent(string message, params string[] arguments)
    {
        var run = await AppRun.WithEnvironmentAsync([("GITHUB_API_URL", _server.Address.AbsoluteUri)], arguments);

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Errors.Should().Contain(message);
        _server.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("/api/v3")]
    [InlineData("ftp://example.com")]
    [InlineData("http://github.example.com")]
    [InlineData("https://user:secret@github.example.com")]
    [InlineData("https://github.example.com/?x=1")]
    [InlineData("https://github.com")]
    public async Task Bad_addresses_are_refused_wherever_they_come_from(string address)
    {
        var typed = await AppRun.WithAsync("repos", "--json", "--token", "t", "--api-url", address);
        var inherited = await AppRun.WithEnvironmentAsync([("GITHUB_API_URL", address)], "repos", "--json", "--token", "t");

        (typed.ExitCode, inherited.ExitCode).Should().Be((2, 2));
        (typed.Output + inherited.Output).Should().BeEmpty();
        (typed.Errors + inherited.Errors).Should().NotContain("secret");
    }

    [Fact]
    public async Task Secret_in_the_wrong_place_is_not_repeated()
    {
        const string secret = "ghp_NotForAnyScreen";

        AppRun[] runs =
        [
            await AppRun.WithAsync("repos", $"--tokn={secret}"),
            await AppRun.WithAsync(secret),
            await AppRun.WithAsync("repos", secret, "--token", secret),
            await AppRun.WithAsync("repos", "--token", secret + " "),
        ];

        runs.Should().OnlyContain(run => run.ExitCode == 2 && !run.Errors.Contains("ghp_") && !run.Errors.Contains("NotForAnyScreen"));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("scan", "--passes", "--help")]
    public async Task Help_names_every_option_and_exits_0(params string[] arguments)
    {
        var run = await AppRun.WithAsync(arguments);

        run.ExitCode.Should().Be(0);
        run.Output.Should().ContainAll(
            "repos", "tree OWNER/NAME", "scan", "--api-url URL", "--token TOKEN", "--client-id ID", "--private-key FILE", "--installation-id N",
            "--org ORG", "--ref REF", "--passes N", "--concurrency N", "--json", "audit", "explain", "--status N",
            "--method METHOD", "--path PATH", "--header \"K: V\"", "--body FILE", "--credential-owner WHO", "GITHUB_API_URL", "GITHUB_TOKEN");
    }
}
