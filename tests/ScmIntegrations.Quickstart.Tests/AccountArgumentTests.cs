namespace ScmIntegrations.Quickstart.Tests;

/// <summary>What accounts and tool refuse in a sentence, before anything is sent or read.</summary>
public sealed class AccountArgumentTests
{
    private const string Secret = "a-secret-of-no-known-form";

    [Theory]
    [InlineData("accounts needs what to do: upsert, get, list or delete", "accounts")]
    [InlineData("accounts does something else: upsert, get, list or delete", "accounts", Secret)]
    [InlineData("accounts takes one operand", "accounts", "get", Secret)]
    [InlineData("accounts upsert needs --connection NAME and --identifier ID", "accounts", "upsert", "--identifier", "ada")]
    [InlineData("accounts get needs --connection NAME and --identifier ID", "accounts", "get", "--connection", "github")]
    [InlineData("accounts delete needs --connection NAME and --identifier ID", "accounts", "delete")]
    [InlineData("--connection: ", "accounts", "get", "--connection", "  ", "--identifier", "ada")]
    [InlineData("--identifier: ", "accounts", "get", "--connection", "github", "--identifier", "a\u0007")]
    [InlineData("--organization: ", "accounts", "get", "--connection", "github", "--identifier", "ada", "--organization", " ")]
    [InlineData("--user: ", "accounts", "list", "--user", " ")]
    [InlineData("--access-token belongs to accounts upsert; accounts get does not take it", "accounts", "get", "--connection", "github", "--identifier", "ada", "--access-token", Secret)]
    [InlineData("--refresh-token belongs to accounts upsert; accounts list does not take it", "accounts", "list", "--refresh-token", Secret)]
    [InlineData("--access-token belongs to accounts", "repos", "--token", "t", "--access-token", Secret)]
    [InlineData("--access-token: A secret has 1 to 65536 characters", "accounts", "upsert", "--connection", "github", "--identifier", "ada", "--access-token", " ")]
    [InlineData("--token belongs to", "accounts", "list", "--token", Secret)]
    [InlineData("--api-url belongs to", "accounts", "list", "--api-url", "https://api.github.com")]
    [InlineData("--private-key belongs to", "accounts", "list", "--private-key", "/dev/null")]
    [InlineData("Two places: give --connection-string, or --gateway-url", "accounts", "list", "--connection-string", "Host=x;Password=" + Secret, "--gateway-url", "https://acme.scalekit.com")]
    [InlineData("--connection-string cannot be read", "accounts", "list", "--connection-string", Secret)]
    [InlineData("--connection-string cannot be read", "accounts", "list", "--connection-string", "Port=" + Secret)]
    [InlineData("--connection-string names no host", "accounts", "list", "--connection-string", "Password=" + Secret)]
    [InlineData("--connection-string belongs to accounts", "tool", "x", "--identifier", "ada", "--params", "{}", "--connection-string", "Host=" + Secret)]
    [InlineData("--encryption-key is for a database: give --connection-string too", "accounts", "list", "--encryption-key", Secret)]
    [InlineData("--encryption-key: The key 'default' is not base64", "accounts", "list", "--connection-string", "Host=x", "--encryption-key", Secret)]
    [InlineData("has 5 bytes; a key has 32", "accounts", "list", "--connection-string", "Host=x", "--encryption-key", "c2hvcnQ=")]
    [InlineData("openssl rand -base64 32", "accounts", "list", "--connection-string", "Host=x", "--encryption-key", "c2hvcnQ=")]
    [InlineData("--gateway-url is not an address such as https://acme.scalekit.com", "accounts", "list", "--gateway-url", "acme")]
    [InlineData("--gateway-url is http://acme.scalekit.com/; a credential travels over https", "accounts", "list", "--gateway-url", "http://acme.scalekit.com", "--client-id", "c", "--client-secret", Secret)]
    [InlineData("--gateway-url has a user name", "accounts", "list", "--gateway-url", "https://me:" + Secret + "@acme.scalekit.com")]
    [InlineData("The gateway needs --client-id: give it, or set SCALEKIT_CLIENT_ID", "accounts", "list", "--gateway-url", "https://acme.scalekit.com", "--client-secret", Secret)]
    [InlineData("The gateway needs --client-secret: give it, or set SCALEKIT_CLIENT_SECRET", "accounts", "list", "--gateway-url", "https://acme.scalekit.com", "--client-id", "c")]
    [InlineData("--client-secret has characters", "accounts", "list", "--gateway-url", "https://acme.scalekit.com", "--client-id", "c", "--client-secret", Secret + " x")]
    [InlineData("--client-id is for a gateway: give --gateway-url too", "accounts", "list", "--client-id", "c")]
    [InlineData("--client-secret is for a gateway: give --gateway-url too", "accounts", "list", "--client-secret", Secret)]
    [InlineData("--client-secret belongs to accounts, tool", "repos", "--token", "t", "--client-secret", Secret)]
    [InlineData("--params belongs to tool", "accounts", "list", "--params", Secret)]
    [InlineData("tool needs the name of a tool", "tool", "--identifier", "ada", "--params", "{}")]
    [InlineData("tool takes one operand", "tool", "x", Secret, "--identifier", "ada", "--params", "{}")]
    [InlineData("tool NAME: a name has 1 to 256 characters", "tool", Secret + "\u0001", "--identifier", "ada", "--params", "{}")]
    [InlineData("tool needs --identifier ID", "tool", "x", "--params", "{}")]
    [InlineData("tool needs --params JSON", "tool", "x", "--identifier", "ada")]
    [InlineData("--identifier: ", "tool", "x", "--identifier", " ", "--params", "{}")]
    [InlineData("--user: ", "tool", "x", "--identifier", "ada", "--user", " ", "--params", "{}")]
    [InlineData("tool needs --gateway-url URL", "tool", "x", "--identifier", "ada", "--params", "{}")]
    [InlineData("--params is an array; it is a JSON object", "tool", "x", "--identifier", "ada", "--params", "[\"" + Secret + "\"]")]
    [InlineData("--params is a string; it is a JSON object", "tool", "x", "--identifier", "ada", "--params", "\"" + Secret + "\"")]
    [InlineData("--params is a number; it is a JSON object", "tool", "x", "--identifier", "ada", "--params", "7")]
    [InlineData("--params is null; it is a JSON object", "tool", "x", "--identifier", "ada", "--params", "null")]
    [InlineData("--params is true; it is a JSON object", "tool", "x", "--identifier", "ada", "--params", "true")]
    [InlineData("--params is not JSON (line 1, byte 1)", "tool", "x", "--identifier", "ada", "--params", Secret)]
    [InlineData("--params is not JSON (line 2, byte 1)", "tool", "x", "--identifier", "ada", "--params", "{\n" + Secret)]
    public async Task What_cannot_be_meant_is_refused_in_a_sentence(string words, params string[] arguments)
    {
        var run = await AppRun.WithAsync([.. arguments, "--json"]);

        run.ExitCode.Should().Be(2, run.Errors);
        run.Output.Should().BeEmpty();
        run.Errors.Should().Contain(words).And.NotContain(Secret);
    }

    [Theory]
    [InlineData("ACCOUNT_ENCRYPTION_KEY: The key 'default' is not base64", "ACCOUNT_ENCRYPTION_KEY", "--connection-string", "Host=x")]
    [InlineData("SCALEKIT_CLIENT_SECRET has characters", "SCALEKIT_CLIENT_SECRET", "--gateway-url", "https://acme.scalekit.com", "--client-id", "c")]
    public async Task What_the_environment_gives_is_checked_and_named_the_same_way(string words, string variable, params string[] options)
    {
        var run = await AppRun.WithEnvironmentAsync([(variable, Secret + " ?")], ["accounts", "list", .. options, "--json"]);

        (run.ExitCode, run.Output).Should().Be((2, ""));
        run.Errors.Should().Contain(words).And.NotContain(Secret);
    }

    [Fact]
    public async Task A_name_that_is_too_long_is_told_with_its_limit()
    {
        var run = await AppRun.WithAsync("accounts", "get", "--connection", "github", "--identifier", new string('a', 257));

        run.ExitCode.Should().Be(2);
        run.Errors.Should().ContainAll("--identifier", "257", "256");
    }

    [Fact]
    public async Task Help_tells_of_the_commands_their_options_and_where_the_key_is()
    {
        var run = await AppRun.WithAsync("--help");

        run.Output.Should().ContainAll(
            "accounts upsert|get|list|delete", "tool NAME", "--connection NAME", "--identifier ID", "--organization ORG", "--user USER", "--access-token TOKEN",
            "--refresh-token TOKEN", "--connection-string CS", "--encryption-key KEY", "--gateway-url URL", "--client-secret SECRET", "--params JSON",
            "ACCOUNT_ACCESS_TOKEN", "ACCOUNT_REFRESH_TOKEN", "ACCOUNT_ENCRYPTION_KEY", "ACCOUNT_KEY_FILE", "SCALEKIT_CLIENT_ID", "SCALEKIT_CLIENT_SECRET");
    }
}
