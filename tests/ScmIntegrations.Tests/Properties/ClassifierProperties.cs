using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Errors;

namespace ScmIntegrations.Tests.Properties;

/// <summary>Every answer has a meaning: any status, any headers, any bytes.</summary>
public sealed class ClassifierProperties
{
    private static readonly ManualTimeProvider Time = new();

    private static readonly Gen<string> HeaderNames = Gen.Elements(
        "Retry-After", "x-ratelimit-remaining", "x-ratelimit-limit", "x-ratelimit-reset", "x-ratelimit-resource", "X-GitHub-SSO", "X-OAuth-Scopes", "X-Accepted-OAuth-Scopes",
        "X-Accepted-GitHub-Permissions", "gh-limited-by", "X-GitHub-Request-Id", "Date", "Link", "Content-Type", "", "bad name", "x:y", "x\ny");

    private static readonly Gen<string> HeaderValues = Gen.OneOf(
        Gen.Elements("0", "60", "30", "-1", "", " ", "soon", "required; url=https://github.com/x", "required; url=\"", "partial-results; organizations=1", "repo, gist", "contents=read; =,;", "Thu, 01 Jan 2026 12:00:00 GMT", "9223372036854775807"),
        Texts.Piece);

    private static readonly Arbitrary<KeyValuePair<string, string>[]> Headers = Property.Lists(HeaderNames.SelectMany(name => HeaderValues.Select(value => KeyValuePair.Create(name, value))));

    private static readonly string[] Json = ["{", "}", "[", "]", "\"message\":", "\"errors\":", "\"block\":", "\"reason\":", "\"html_url\":", "\"documentation_url\":", "\"code\":", "\"x\"", "null", "1", ",", "\"\\ud800\"", "\"already_exists\"", "\"dmca\"", "\"https://github.com/x\""];

    private static readonly string[] Sound = ["{}", "[]", "\"\"", "null", """{"message":null}""", """{"message":"m","errors":{"code":"too_large"}}""", """{"errors":[null,[],{},1,"x"]}""", """{"block":{"reason":1}}""", """{"block":[]}""", """{"message":"m","message":"Git Repository is empty."}"""];

    private static readonly Arbitrary<byte[]> Bodies = Gen.Frequency(
        (2, Gen.ArrayOf(Gen.Elements(Json)).Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces)))),
        (2, Gen.Elements(Sound).Select(Encoding.UTF8.GetBytes)),
        (1, Texts.Pieces.Generator.Select(pieces => JsonSerializer.SerializeToUtf8Bytes(new { message = string.Concat(pieces), errors = pieces }))),
        (1, Gen.ArrayOf(Gen.Choose(0, 255).Select(one => (byte)one)))).ToArbitrary();

    private static readonly Arbitrary<GitHubAnswer> Any = (
        from status in Gen.Choose(100, 999)
        from known in Gen.Elements(status, 200, 202, 304, 400, 401, 403, 404, 409, 422, 429, 451, 503)
        from method in Gen.Elements("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "BREW")
        from path in Gen.Elements("/", "//", "/repos/acme/api", "/repos/a/..", "/app/installations/7", "/app/installations/7/access_tokens", "/?", "/\n", "/repos/a b/<c>")
        from headers in Headers.Generator
        from body in Bodies.Generator
        select new GitHubAnswer(known) { Method = new HttpMethod(method), Path = path, Headers = headers, Body = body }).ToArbitrary();

    [Fact]
    public void Any_answer_is_classified() => Property.Holds(Any, answer =>
    {
        var error = answer.ToException(Time);

        (error is not null || answer.Status is (>= 200 and < 300) or 304).Should().BeTrue("what is no success is an error");
        if (error is not null)
        {
            Enum.IsDefined(error.Reason).Should().BeTrue();
            error.Origin.Should().Be(ErrorOrigin.GitHub);
            error.Should().BeOfType(ScmException.From(error.Error).GetType());
            error.Message.Length.Should().BeLessThan(2200);
            (error.FixUrl is null || error.FixUrl is { Scheme: "https", Host: "github.com", UserInfo: "" }).Should().BeTrue();
            (error.DocumentationUrl is null or { Scheme: "https", UserInfo: "" }).Should().BeTrue();
        }
    });

    [Fact]
    public void A_time_to_come_back_is_within_a_day_and_always_there_for_a_limit() => Property.Holds(Any, answer =>
    {
        var error = answer.ToException(Time);

        if (error?.RetryAt - Time.GetUtcNow() is { } wait)
        {
            wait.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1)).And.BeLessThanOrEqualTo(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        }
        else
        {
            (error is ScmRateLimitException).Should().BeFalse();
        }
    });

    [Fact]
    public void An_explanation_has_a_line_for_each_fact_and_no_more() => Property.Holds(Any, answer =>
    {
        var text = answer.ToException(Time)?.Explain() ?? "";

        text.Any(letter => letter is not '\n' && char.IsControl(letter)).Should().BeFalse();
        text.Split('\n').Should().OnlyContain(line => line.Length == 0 || line.Length > 15);
        text.Split('\n').GroupBy(line => line[..Math.Min(line.Length, 15)], StringComparer.Ordinal)
            .Should().OnlyContain(label => label.Count() == 1 || label.Key.Trim() == "Error");
    });

    [Fact]
    public void The_same_answer_always_means_the_same() => Property.Holds(Any, answer =>
        answer.ToException(Time)?.Explain().Should().Be(answer.ToException(Time)!.Explain()));

    [Fact]
    public void A_definite_message_outweighs_any_limit_header() => Property.Holds(
        Property.Pairs(
            Gen.Elements(TableAnswers.All.Where(given => given is { Status: 403, Message: not null and not "You do not have access.", Token: TokenAge.Unknown } && given.Headers.Count == 0).ToArray()).ToArbitrary(),
            Property.Lists(Gen.Elements("Retry-After", "x-ratelimit-remaining", "x-ratelimit-reset", "gh-limited-by", "x-ratelimit-limit").SelectMany(name => Gen.Choose(0, 60).Select(value => (name, (string?)value.ToString(CultureInfo.InvariantCulture)))))),
        input =>
        {
            var (given, headers) = input;

            (given with { Headers = headers }).ToGitHubAnswer().ToException(Time)!.Reason.Should().Be(given.Reason);
        });
}
