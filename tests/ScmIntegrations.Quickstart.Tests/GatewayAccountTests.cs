using ScmIntegrations.Testing;

namespace ScmIntegrations.Quickstart.Tests;

/// <summary>Accounts at a gateway.</summary>
public sealed class GatewayAccountTests
{
    private const string Access = "gho_access_of_the_tests";
    private const string Refresh = "ghr_refresh_of_the_tests";
    private static readonly string[] Ada = ["--connection", "github-1", "--identifier", "ada"];

    [Fact]
    public async Task What_is_supplied_is_applied_whatever_was_there()
    {
        await using var gateway = await Gateway.StartAsync();

        var first = await gateway.RunAsync(["accounts", "upsert", .. Ada, "--access-token", Access, "--refresh-token", Refresh]);
        var account = gateway.Server.Account("ada");
        account.Status = "EXPIRED";
        var second = await gateway.RunAsync(["accounts", "upsert", .. Ada, "--access-token", "gho_another_of_the_tests"]);
        var third = await gateway.RunAsync(["accounts", "upsert", .. Ada]);

        first.Output.Should().Be($$"""{"type":"account","id":"{{account.Id}}","identifier":"ada","status":"active","result":"created"}""" + "\n");
        second.Output.Should().Be($$"""{"type":"account","id":"{{account.Id}}","identifier":"ada","status":"active","result":"updated"}""" + "\n");
        third.Lines.Single().Text("result").Should().Be("unchanged");
        account.Secret("oauth_token", "access_token").Should().Be("gho_another_of_the_tests");
        account.Secret("oauth_token", "refresh_token").Should().Be(Refresh);
    }

    [Fact]
    public async Task Accounts_are_read_by_all_that_names_them()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Server.AddAccount("github-1", "ada", "acme", "7", authorizationDetails: """{"oauth_token":{"access_token":"gho_access_of_the_tests"}}""").TokenExpiresAt =
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        var run = await gateway.RunAsync(["accounts", "get", .. Ada, "--organization", "acme", "--user", "7"]);
        var stranger = await gateway.RunAsync(["accounts", "get", .. Ada, "--organization", "evil", "--user", "7"]);

        run.ExitCode.Should().Be(0, run.Errors);
        var line = run.Lines.Single();
        line.Names().Should().Equal("type", "id", "identifier", "status", "statusReason", "connection", "organization", "user", "credentialKind", "tokenExpiresAt");
        (line.Text("type"), line.Text("identifier"), line.Text("status"), line.Text("connection"), line.Text("organization"), line.Text("user"))
            .Should().Be(("account", "ada", "active", "github-1", "acme", "7"));
        line.Text("tokenExpiresAt").Should().Be("2026-01-01T00:00:00Z");
        (stranger.ExitCode, stranger.Lines.Single().GetProperty("error").Text("reason")).Should().Be((1, "not_found"));
        (run.Output + run.Errors).Should().NotContain(Access);
    }

    [Fact]
    public async Task A_list_is_a_line_for_each_account_of_every_page()
    {
        await using var gateway = await Gateway.StartAsync(options => options.PageSizeCap = 2);
        foreach (var number in Enumerable.Range(1, 5))
        {
            gateway.Server.AddAccount(number == 5 ? "slack-1" : "github-1", $"user-{number}", "acme");
        }

        var all = await gateway.RunAsync("accounts", "list");
        var some = await gateway.RunAsync("accounts", "list", "--connection", "github-1", "--organization", "acme");
        var table = await gateway.RunForPeopleAsync("accounts", "list", "--identifier", "user-2", "--organization", "acme");

        all.OfType("account").Select(line => line.Text("identifier")).Should().BeEquivalentTo("user-1", "user-2", "user-3", "user-4", "user-5");
        all.Lines.Should().OnlyContain(line => !line.Names().Contains("result"));
        some.Lines.Should().HaveCount(4);
        table.Output.Should().ContainAll("│ github-1", "│ user-2", "│ acme", "1 account").And.NotContain("user-1").And.NotContain("Result");
    }

    [Fact]
    public async Task Deleting_says_whether_there_was_one()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Server.AddAccount("github-1", "ada");

        var first = await gateway.RunAsync(["accounts", "delete", .. Ada]);
        var second = await gateway.RunAsync(["accounts", "delete", .. Ada]);

        first.Output.Should().Be("""{"type":"account","id":null,"identifier":"ada","status":null,"result":"deleted"}""" + "\n");
        (second.ExitCode, second.Lines.Single().Text("result")).Should().Be((0, "absent"));
        gateway.Server.Accounts.Should().BeEmpty();
    }

    [Fact]
    public async Task The_clients_credentials_come_from_the_environment_too()
    {
        await using var gateway = await Gateway.StartAsync();

        var run = await AppRun.WithEnvironmentAsync(
            [("SCALEKIT_CLIENT_ID", Gateway.ClientId), ("SCALEKIT_CLIENT_SECRET", Gateway.ClientSecret)],
            ["accounts", "upsert", .. Ada, "--gateway-url", gateway.Server.Address.AbsoluteUri, "--json"]);

        (run.ExitCode, run.Lines.Single().Text("status")).Should().Be((0, "pending_auth"));
    }

    [Fact]
    public async Task A_client_that_the_gateway_does_not_know_is_an_error_of_the_platform()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Server.RemoveClient(Gateway.ClientId);

        var run = await gateway.RunAsync(["accounts", "upsert", .. Ada]);

        run.ExitCode.Should().Be(1);
        var error = run.Lines.Single().GetProperty("error");
        (error.Text("origin"), error.IsNull("providerCode"), error.IsNull("providerStatus"), error.IsNull("executionId")).Should().Be(("platform", true, true, true));
        (run.Output + run.Errors).Should().NotContain(Gateway.ClientSecret);
    }

    [Fact]
    public async Task A_not_found_that_a_provider_said_creates_no_account()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Server.When(HttpMethod.Get, "/api/v1/connected_accounts/details").Answer(Answers.ScalekitToolError(404, "Gone.", "NOT_FOUND", "exec_9"));

        var run = await gateway.RunAsync(["accounts", "upsert", .. Ada, "--access-token", Access]);

        run.ExitCode.Should().Be(1);
        var error = run.Lines.Single().GetProperty("error");
        (error.Text("origin"), error.Text("providerCode"), error.Text("executionId")).Should().Be(("provider", "NOT_FOUND", "exec_9"));
        gateway.Server.Accounts.Should().BeEmpty();
    }

    [Fact]
    public async Task Secrets_that_the_gateway_repeats_are_masked()
    {
        // One begins the other: what is left of the longer one would still be half a secret.
        const string access = "token-of-no-known-form";
        const string refresh = access + "-and-its-longer-brother";
        await using var gateway = await Gateway.StartAsync();
        gateway.Server.When(HttpMethod.Get, "/api/v1/connected_accounts/details")
            .Answer(Answers.ScalekitToolError(400, $"You sent {access} and {refresh} as {Gateway.ClientSecret}.", access, refresh));

        foreach (var json in (string[][])[["--json"], []])
        {
            var run = await AppRun.WithAsync(["accounts", "upsert", .. Ada, "--access-token", access, "--refresh-token", refresh, .. gateway.Options, .. json]);

            run.ExitCode.Should().Be(1);
            (run.Output + run.Errors).Should().Contain("You sent *** and *** as ***.").And.NotContain(access).And.NotContain("brother").And.NotContain(Gateway.ClientSecret);
        }
    }
}
