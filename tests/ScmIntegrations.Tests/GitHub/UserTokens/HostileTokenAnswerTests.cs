using ScmIntegrations.Errors;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.GitHub.UserTokens;

/// <summary>Answers that are none, or not what was due.</summary>
public sealed class HostileTokenAnswerTests
{
    public static TheoryData<string, Answer> Unreadable => new()
    {
        { "a page", Answers.Html200() },
        { "nothing", Answers.EmptyBody200() },
        { "no content", Answers.Text(204) },
        { "null", Answers.Json(200, "null") },
        { "a list", Answers.Json(200, "[]") },
        { "a text", Answers.Json(200, "\"ghu_1\"") },
        { "neither token nor error", Answers.Json(200, """{"token_type":"bearer"}""") },
        { "a blank token", Answers.Json(200, """{"access_token":"","token_type":"bearer"}""") },
        { "a null token", Answers.Json(200, """{"access_token":null}""") },
        { "a token that is a number", Answers.Json(200, """{"access_token":7}""") },
        { "a token that is an object", Answers.Json(200, """{"access_token":{}}""") },
        { "a token with a line break", Answers.Json(200, """{"access_token":"ghu_1\r\nX-Evil: 1"}""") },
        { "a token with half a surrogate", Answers.Json(200, """{"access_token":"ghu_\ud800"}""") },
        { "a refresh token that is a number", Answers.Json(200, """{"access_token":"ghu_1","refresh_token":7}""") },
        { "a refresh token with a space", Answers.Json(200, """{"access_token":"ghu_1","refresh_token":"ghr 1"}""") },
        { "broken JSON", Answers.Json(200, """{"access_token":"ghu_1",""") },
        { "JSON with more behind", Answers.Json(200, """{"access_token":"ghu_1"}x""") },
        { "a form", Answers.Text(200, "access_token=ghu_1&scope=&token_type=bearer", "application/x-www-form-urlencoded") },
        { "a blank error", Answers.Json(200, """{"error":" "}""") },
        { "an error that is an object", Answers.Json(200, """{"error":{"code":"bad_refresh_token"}}""") },
        { "an error that is a flag", Answers.Json(200, """{"error":true}""") },
        { "an empty error", Answers.Json(200, """{"error":""}""") },
        { "deep nesting", Answers.DeepJson(200) },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task What_is_no_answer_is_unreadable_and_no_bad_credential(string what, Answer answer)
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(answer);

        foreach (var act in (Func<Task>[])[() => rig.RefreshAsync(), () => rig.Client.ExchangeCodeAsync("code", cancellationToken: UserTokenRig.Cancellation)])
        {
            var error = await UserTokenRig.FailAsync(act);
            error.Should().BeOfType<ScmUnreadableResponseException>(what);
            error.IsExpected.Should().BeFalse(what);
            error.ToString().Should().NotContain("ghu_1").And.NotContain("ghr 1");
        }

        rig.Asked.Should().Be(2, "neither is sent again");
    }

    [Theory]
    [InlineData("LongBody")]
    [InlineData("GzipBomb")]
    public async Task A_body_over_its_bound_is_not_read_to_its_end(string kind)
    {
        await using var rig = await UserTokenRig.StartAsync(options => options.MaxResponseBytes = 4096);
        rig.WhenTokenIsAsked().Answer(kind is "LongBody" ? Answers.LongBody(1_000_000) : Answers.GzipBomb(1_000_000));

        (await UserTokenRig.FailAsync(() => rig.RefreshAsync())).Reason.Should().Be(ErrorReason.ResponseTooLarge);
    }

    [Theory]
    [InlineData("28800", 28800d)]
    [InlineData("\"28800\"", 28800d)]
    [InlineData("28800.5", 28800.5)]
    [InlineData("2.88e4", 28800d)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("1e300", null)]
    [InlineData("1e9999", null)]
    [InlineData("99999999999999999999999", null)]
    [InlineData("null", null)]
    [InlineData("\"soon\"", null)]
    [InlineData("{}", null)]
    public async Task A_lifetime_that_cannot_be_read_does_not_cost_the_token(string lifetime, double? seconds)
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(Answers.Json(
            200,
            $$"""{"access_token":"ghu_1","expires_in":{{lifetime}},"refresh_token":"ghr_1","refresh_token_expires_in":{{lifetime}}}"""));

        var token = await rig.RefreshAsync();

        DateTimeOffset? end = seconds is { } known ? rig.Time.GetUtcNow() + TimeSpan.FromSeconds(known) : null;
        token.AccessToken.ExpiresAt.Should().Be(end);
        token.RefreshToken!.ExpiresAt.Should().Be(end);
    }

    [Theory]
    [InlineData("""{"access_token":"ghu_1"}""")]
    [InlineData("""{"access_token":"ghu_1","refresh_token":null}""")]
    [InlineData("""{"access_token":"ghu_1","refresh_token":""}""")]
    [InlineData("""{"access_token":"ghu_1","error":null,"scope":null}""")]
    [InlineData("""{"access_token":"ghu_1","scope":["repo"],"token_type":7}""")]
    public async Task An_answer_without_a_refresh_token_is_one(string body)
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(Answers.Json(200, body));

        var token = await rig.RefreshAsync();

        token.RefreshToken.Should().BeNull();
        token.Scopes.Should().BeEmpty();
        token.AccessToken.Value.Should().Be("ghu_1");
    }

    [Fact]
    public async Task An_error_wins_over_a_token_beside_it()
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(Answers.Json(200, """{"access_token":"ghu_1","error":"bad_refresh_token"}"""));

        (await UserTokenRig.FailAsync(() => rig.RefreshAsync())).Reason.Should().Be(ErrorReason.ReconnectRequired);
    }

    [Theory]
    [InlineData("repo,gist", 2)]
    [InlineData("repo gist", 2)]
    [InlineData(" repo , ,gist ", 2)]
    [InlineData("", 0)]
    public async Task Scopes_are_read_with_commas_and_spaces(string scope, int count)
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(Answers.Json(200, $$"""{"access_token":"gho_1","scope":"{{scope}}"}"""));

        (await rig.RefreshAsync()).Scopes.Should().HaveCount(count).And.BeSubsetOf(["repo", "gist"]);
    }
}
