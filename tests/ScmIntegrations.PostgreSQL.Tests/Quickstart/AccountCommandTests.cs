using Npgsql;
using ScmIntegrations.PostgreSQL.Tests.Server;
using ScmIntegrations.Quickstart.Tests;

namespace ScmIntegrations.PostgreSQL.Tests.Quickstart;

/// <summary>The Quickstart's accounts in a database: each run is another instance of the program.</summary>
public sealed class AccountCommandTests(PostgreSqlServer server) : IDisposable
{
    private const string Access = "gho_access_of_the_tests";
    private const string Refresh = "ghr_refresh_of_the_tests";

    // The program has a schema of its own, which the tests share.
    private readonly string _connection = $"github-{Guid.NewGuid():N}";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quickstart-accounts-");

    private string KeyFile => Path.Combine(_folder.FullName, "accounts.key");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Without_a_key_the_second_run_reads_what_the_first_has_stored()
    {
        var first = await RunAsync("upsert", "--access-token", Access, "--refresh-token", Refresh);
        var second = await RunAsync("upsert", "--access-token", Access, "--refresh-token", Refresh);
        var third = await RunAsync("upsert", "--access-token", "gho_another_of_the_tests");
        var fourth = await RunAsync("upsert", "--refresh-token", Refresh);

        first.ExitCode.Should().Be(0, first.Errors);
        var id = first.Lines.Single().Text("id");
        first.Output.Should().Be($$"""{"type":"account","id":"{{id}}","identifier":"ada","status":"active","result":"created"}""" + "\n");
        second.Output.Should().Be(first.Output.Replace("created", "unchanged", StringComparison.Ordinal));
        third.Output.Should().Be(first.Output.Replace("created", "updated", StringComparison.Ordinal));
        fourth.Output.Should().Be(second.Output);
        first.Errors.Should().ContainAll(KeyFile, "made just now", "Back it up");
        second.Errors.Should().Contain(KeyFile).And.NotContain("made just now");
        new[] { first, second, third, fourth }.Should().OnlyContain(run => !(run.Output + run.Errors).Contains("gho_") && !(run.Output + run.Errors).Contains("ghr_"));
    }

    [Fact]
    public async Task What_is_stored_does_not_hold_the_tokens()
    {
        await RunAsync("upsert", "--access-token", Access, "--refresh-token", Refresh);

        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand("SELECT row_to_json(account)::text || encode(credential, 'escape') FROM scm_integrations.connected_account account WHERE connection = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = _connection });
        var row = (string?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);

        row.Should().Contain("ada").And.NotContain(Access).And.NotContain(Refresh);
    }

    [Fact]
    public async Task A_key_that_is_given_is_used_and_no_file_is_made()
    {
        var key = Convert.ToBase64String(Enumerable.Range(1, 32).Select(number => (byte)number).ToArray());
        var other = Convert.ToBase64String(Enumerable.Range(2, 32).Select(number => (byte)number).ToArray());

        var typed = await RunAsync("upsert", "--access-token", Access, "--refresh-token", Refresh, "--encryption-key", key);
        var inherited = await RunAsync([("ACCOUNT_ENCRYPTION_KEY", key)], "upsert", "--access-token", Access);
        var wrong = await RunAsync("upsert", "--access-token", "gho_another_of_the_tests", "--encryption-key", other);

        typed.Lines.Single().Text("result").Should().Be("created");
        inherited.Lines.Single().Text("result").Should().Be("unchanged");
        wrong.ExitCode.Should().Be(1);
        wrong.Lines.Single().GetProperty("error").Text("reason").Should().Be("credential_unreadable");
        new[] { typed, inherited, wrong }.Should().OnlyContain(run => !(run.Output + run.Errors).Contains(key) && !(run.Output + run.Errors).Contains(other));
        File.Exists(KeyFile).Should().BeFalse();
    }

    [Fact]
    public async Task Accounts_are_read_listed_and_deleted_by_all_that_names_them_without_a_key()
    {
        await RunAsync("upsert", "--organization", "acme", "--user", "7", "--access-token", Access);
        await RunAsync("upsert", "--organization", "evil", "--user", "7");
        File.Delete(KeyFile);

        var mine = await RunAsync("get", "--organization", "acme", "--user", "7");
        var nobodys = await RunAsync("get");
        var all = await RunAsync("list");
        var some = await RunAsync("list", "--organization", "evil");
        var deleted = await RunAsync("delete", "--organization", "acme", "--user", "7");
        var absent = await RunAsync("delete", "--organization", "acme", "--user", "7");

        (mine.Lines.Single().Text("organization"), mine.Lines.Single().Text("status"), mine.Lines.Single().Text("credentialKind")).Should().Be(("acme", "active", "oauth_token"));
        (nobodys.ExitCode, nobodys.Lines.Single().GetProperty("error").Text("reason")).Should().Be((1, "not_found"));
        all.Lines.Should().HaveCount(2);
        (some.Lines.Single().Text("organization"), some.Lines.Single().Text("status")).Should().Be(("evil", "pending_auth"));
        (deleted.Lines.Single().Text("result"), absent.Lines.Single().Text("result")).Should().Be(("deleted", "absent"));
        File.Exists(KeyFile).Should().BeFalse();
    }

    private Task<AppRun> RunAsync(string action, params string[] options) => RunAsync([], action, options);

    private Task<AppRun> RunAsync((string Name, string Value)[] environment, string action, params string[] options) => AppRun.WithEnvironmentAsync(
        [.. environment, ("ACCOUNT_KEY_FILE", KeyFile)],
        ["accounts", action, "--connection", _connection, "--identifier", "ada", .. options, "--connection-string", server.ConnectionString, "--json"]);
}
