namespace ScmIntegrations.Quickstart.Tests;

/// <summary>Accounts in memory, for one run.</summary>
public sealed class AccountTests
{
    private static readonly string[] Ada = ["--connection", "github", "--identifier", "ada"];

    [Fact]
    public async Task An_upsert_is_exactly_one_line()
    {
        var run = await AppRun.WithAsync(["accounts", "upsert", .. Ada, "--access-token", "gho_of_the_tests", "--json"]);

        run.ExitCode.Should().Be(0, run.Errors);
        var line = run.Lines.Single();
        line.Text("id").Should().StartWith("ca_");
        run.Output.Should().Be($$"""{"type":"account","id":"{{line.Text("id")}}","identifier":"ada","status":"active","result":"created"}""" + "\n");
        run.Errors.Should().Contain("in memory");
    }

    [Fact]
    public async Task Without_a_token_the_account_waits_for_its_user()
    {
        var run = await AppRun.WithAsync(["accounts", "upsert", .. Ada, "--json"]);

        (run.Lines.Single().Text("status"), run.Lines.Single().Text("result")).Should().Be(("pending_auth", "created"));
    }

    [Theory]
    [InlineData("ACCOUNT_ACCESS_TOKEN")]
    [InlineData("ACCOUNT_REFRESH_TOKEN")]
    public async Task Tokens_come_from_the_environment_too(string variable)
    {
        var run = await AppRun.WithEnvironmentAsync([(variable, "token-of-no-known-form")], ["accounts", "upsert", .. Ada, "--json"]);

        run.Lines.Single().Text("status").Should().Be("active");
    }

    [Fact]
    public async Task An_account_that_is_not_there_is_an_error_line()
    {
        var run = await AppRun.WithAsync(["accounts", "get", .. Ada, "--organization", "acme", "--user", "7", "--json"]);

        run.ExitCode.Should().Be(1);
        run.Output.Should().StartWith("""{"type":"error","error":{"type":"ScmNotFoundException","reason":"not_found","origin":"client","status":null,"retryAt":null,"requestId":null,"fixUrl":null,"message":"There is no connected account github/ada of organization acme, user 7.","owner":""")
            .And.EndWith(",\"providerCode\":null,\"providerStatus\":null,\"executionId\":null}}\n");
        run.Lines.Should().ContainSingle();
    }

    [Fact]
    public async Task An_account_that_is_not_there_is_explained_to_people()
    {
        var run = await AppRun.WithAsync(["accounts", "get", .. Ada]);

        (run.ExitCode, run.Output).Should().Be((1, ""));
        run.Errors.Should().Contain("What happened  There is no connected account github/ada.").And.Contain("Reason         not_found, said by client");
    }

    [Fact]
    public async Task Deleting_says_whether_there_was_one()
    {
        var line = await AppRun.WithAsync(["accounts", "delete", .. Ada, "--json"]);
        var words = await AppRun.WithAsync(["accounts", "delete", .. Ada]);

        (line.ExitCode, line.Output).Should().Be((0, """{"type":"account","id":null,"identifier":"ada","status":null,"result":"absent"}""" + "\n"));
        (words.ExitCode, words.Output).Should().Be((0, "github/ada: absent\n"));
    }

    [Fact]
    public async Task A_list_of_nothing_is_empty()
    {
        var run = await AppRun.WithAsync("accounts", "list", "--json");

        (run.ExitCode, run.Output).Should().Be((0, ""));
    }

    [Fact]
    public async Task People_see_a_table()
    {
        var run = await AppRun.WithAsync(["accounts", "upsert", .. Ada, "--organization", "[acme]", "--user", "7", "--access-token", "gho_of_the_tests"]);

        run.ExitCode.Should().Be(0, run.Errors);
        run.Output.Should().ContainAll("│ github", "│ ada", "│ [acme]", "│ 7", "│ active", "│ oauth_token", "│ ca_", "│ created", "1 account").And.NotContain("{");
    }
}
