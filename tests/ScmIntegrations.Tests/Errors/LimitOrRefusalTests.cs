using ScmIntegrations.Errors;

namespace ScmIntegrations.Tests.Errors;

/// <summary>A definite message outweighs the limit headers, which can coincide with it; and only 403 and 429 are ever limits.</summary>
public sealed class LimitOrRefusalTests
{
    private const string Page = "<!DOCTYPE html><html><body>rate limit exceeded</body></html>";

    public static TheoryData<ErrorReason, int, string> DefiniteRefusals
    {
        get
        {
            var data = new TheoryData<ErrorReason, int, string>();
            foreach (var given in TableAnswers.All.Where(given => given is { Status: 403, Message: not null and not "You do not have access.", OtherBody: null, Token: TokenAge.Unknown } && given.Headers.Count == 0))
            {
                data.Add(given.Reason, given.Status, given.Message!);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(DefiniteRefusals))]
    public void A_definite_message_is_none_of_the_headers_business(ErrorReason reason, int status, string message)
    {
        foreach (var headers in new (string, string?)[][]
        {
            [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1767272400")],
            [("Retry-After", "30")],
            [("gh-limited-by", "x")],
            [("Retry-After", "30"), ("x-ratelimit-remaining", "0"), ("gh-limited-by", "x")],
        })
        {
            new GivenAnswer(reason, status, message) { Headers = headers }.ToGitHubAnswer().ToException()!.Reason.Should().Be(reason);
        }
    }

    [Theory]
    [InlineData(ErrorReason.BadCredentials, 401, "Bad credentials")]
    [InlineData(ErrorReason.NotFound, 404, "Not Found")]
    [InlineData(ErrorReason.Conflict, 409, "Merge conflict")]
    [InlineData(ErrorReason.ValidationFailed, 422, "Validation Failed")]
    [InlineData(ErrorReason.Gone, 410, "Gone")]
    [InlineData(ErrorReason.ServerError, 502, "Server Error")]
    public async Task Nothing_left_is_no_limit_unless_GitHub_refuses_for_it(ErrorReason reason, int status, string message)
    {
        var met = await Meeting.OfAsync(new GivenAnswer(reason, status, message) { Headers = [("x-ratelimit-remaining", "0")] });

        met.Error.Reason.Should().Be(reason);
        met.Error.RetryAt.Should().BeNull();
    }

    [Fact]
    public async Task A_permission_that_is_missing_stays_missing_on_the_last_request_of_a_window()
    {
        var met = await Meeting.OfAsync(new GivenAnswer(ErrorReason.PermissionMissing, 403, "Resource not accessible by integration")
        {
            Headers = [("x-ratelimit-remaining", "0"), ("Retry-After", "5"), ("X-Accepted-GitHub-Permissions", "contents=write")],
        });

        met.Error.Should().BeOfType<ScmPermissionException>().Which.AcceptedPermissions.Should().ContainSingle().Which.Should().Equal("contents=write");
        met.Error.RetryAt.Should().BeNull();
    }

    [Theory]
    [InlineData("Retry-After", " ", ErrorReason.PermissionMissing)]
    [InlineData("gh-limited-by", "", ErrorReason.PermissionMissing)]
    [InlineData("Retry-After", "soon", ErrorReason.SecondaryRateLimit)]
    [InlineData("x-ratelimit-remaining", "00", ErrorReason.PermissionMissing)]
    [InlineData("x-ratelimit-remaining", "1", ErrorReason.PermissionMissing)]
    public async Task A_header_counts_only_when_it_says_something(string header, string value, ErrorReason reason)
    {
        var met = await Meeting.OfAsync(new GivenAnswer(reason, 403, "You do not have access.") { Headers = [(header, value)] });

        met.Error.Reason.Should().Be(reason);
    }

    [Theory]
    [InlineData(403, false, null, ErrorReason.PermissionMissing, false)]
    [InlineData(403, true, null, ErrorReason.Unknown, false)]
    [InlineData(403, true, "30", ErrorReason.SecondaryRateLimit, true)]
    [InlineData(429, true, null, ErrorReason.SecondaryRateLimit, true)]
    [InlineData(404, true, null, ErrorReason.NotFound, false)]
    [InlineData(502, true, null, ErrorReason.ServerError, false)]
    public async Task A_web_page_means_its_status_and_tells_nothing_by_its_words(int status, bool isForeign, string? retryAfter, ErrorReason reason, bool waits)
    {
        var met = await Meeting.OfAsync(new GivenAnswer(reason, status)
        {
            OtherBody = Page,
            ContentType = "text/html",
            Headers = isForeign ? [("X-GitHub-Request-Id", null), ("Retry-After", retryAfter)] : [],
        });

        met.Error.Reason.Should().Be(reason);
        met.Error.Message.Should().NotContain("<").And.EndWith("GitHub gave no message.");
        (met.Error.RetryAt is not null).Should().Be(waits);
    }

    [Theory]
    [InlineData("required; url=https://github.com/orgs/acme/sso", ErrorReason.SamlSsoRequired)]
    [InlineData("REQUIRED", ErrorReason.SamlSsoRequired)]
    [InlineData("partial-results; organizations=1", ErrorReason.NotFound)]
    [InlineData("", ErrorReason.NotFound)]
    public async Task A_404_hides_what_single_sign_on_would_show(string header, ErrorReason reason)
    {
        var met = await Meeting.OfAsync(new GivenAnswer(reason, 404, "Not Found") { Headers = [("X-GitHub-SSO", header)] });

        met.Error.Reason.Should().Be(reason);
    }

    [Theory]
    [InlineData("repo", "repo, public_repo", ErrorReason.PermissionMissing)]
    [InlineData("gist, REPO", "repo", ErrorReason.PermissionMissing)]
    [InlineData("gist", "", ErrorReason.PermissionMissing)]
    [InlineData("", "repo", ErrorReason.TokenPermissionMissing)]
    [InlineData("gist", "repo", ErrorReason.TokenPermissionMissing)]
    [InlineData(null, "repo", ErrorReason.PermissionMissing)]
    public async Task A_scope_is_missing_when_none_of_the_accepted_is_there(string? has, string accepted, ErrorReason reason)
    {
        var given = new GivenAnswer(reason, 403, "You do not have access.") { Headers = [("X-OAuth-Scopes", has), ("X-Accepted-OAuth-Scopes", accepted)] };

        given.ToGitHubAnswer().ToException()!.Reason.Should().Be(reason);
        if (has is not "")
        {
            (await Meeting.OfAsync(given)).Error.Reason.Should().Be(reason);
        }
    }
}
