using System.Text.Json;
using ScmIntegrations.Errors;
using ScmIntegrations.Http;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Errors;

/// <summary>Text from outside is made safe before it stands in a message.</summary>
public sealed class SanitisedMessageTests
{
    public static TheoryData<string> Secrets => new()
    {
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        "gho_abcdefghijklmnopqrstuvwxyz0123456789",
        "ghs_1_abc-def.ghi_jkl.mno-_",
        "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz",
        "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl",
        "Bearer abcdefghijklmnop",
        "Basic dXNlcjpwYXNzd29yZA==",
        "access_token=abcdef",
        "client_secret=abcdef",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task A_secret_that_a_server_echoes_is_not_repeated(string secret)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(422, JsonSerializer.Serialize(new
        {
            message = $"bad {secret} here",
            documentation_url = $"https://docs.github.com/?t={secret}",
            errors = new object[] { secret, new { field = secret } },
        })));

        var call = fixture.GetApiAsync;

        var error = (await call.Should().ThrowAsync<ScmValidationException>()).Which;
        var essence = secret.TrimEnd('=').Split('=', ' ', '\n')[^1];
        error.ToString().Should().NotContain(essence).And.Contain("***");
        error.Errors.Should().NotContain(one => one.Contains(essence, StringComparison.Ordinal));
        $"{error.DocumentationUrl}".Should().NotContain(essence);
        fixture.EverythingSaid.Should().NotContain(said => said.Contains(essence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Control_characters_do_not_forge_a_line_of_the_log()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.GitHubError(404, "one\r\n2026-01-01 ERROR two\u001b[31m\u202ethree"));

        var call = fixture.GetApiAsync;

        var message = (await call.Should().ThrowAsync<ScmNotFoundException>()).Which.Message;
        message.Should().EndWith("one 2026-01-01 ERROR two [31m three");
    }

    [Fact]
    public async Task A_long_message_is_cut()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.GitHubError(404, new string('x', 100_000)));

        var call = fixture.GetApiAsync;

        (await call.Should().ThrowAsync<ScmNotFoundException>()).Which.Message.Length.Should().BeLessThan(1200);
    }

    [Theory]
    [InlineData("Request quota ghpx", "Request quota ghpx")]
    [InlineData("basic access", "basic access")]
    [InlineData("bearer token", "bearer token")]
    [InlineData("  spaced  ", "spaced")]
    public void Plain_words_stay(string text, string clean) => Redaction.Clean(text).Should().Be(clean);

    [Theory]
    [InlineData("ghp_aaaa")]
    [InlineData("eyJ")]
    [InlineData("-----BEGIN ")]
    [InlineData("bearer ")]
    public void A_text_made_to_be_slow_to_clean_is_cleaned_all_the_same(string repeated)
    {
        var text = string.Concat(Enumerable.Repeat(repeated, 100_000));

        Redaction.Clean(text).Length.Should().BeLessThanOrEqualTo(Redaction.MaxLength + 1);
    }
}
