using System.Net;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Answers;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Errors;

/// <summary>Every row of the table, met over HTTP.</summary>
public sealed class ErrorTableTests
{
    private const string Docs = "https://docs.github.com/rest";
    private const string Denied = "You do not have access.";

    // One answer for each row, in the order of the table.
    private static readonly (ErrorReason Reason, Answer Answer)[] Rows =
    [
        (ErrorReason.SecondaryRateLimit, Answers.GitHubError(403, "You have exceeded a secondary rate limit.")),
        (ErrorReason.SecondaryRateLimit, Answers.GitHubError(403, Denied, $"{Docs}/using-the-rest-api#about-secondary-rate-limits")),
        (ErrorReason.SecondaryRateLimit, Answers.GitHubError(403, Denied, $"{Docs}/overview#abuse-rate-limits")),
        (ErrorReason.SecondaryRateLimit, Answers.GitHubError(403, "You have triggered an abuse detection mechanism.")),
        (ErrorReason.PrimaryRateLimit, Answers.GitHubError(403, "API rate limit exceeded for installation ID 1.")),
        (ErrorReason.PermissionMissing, Answers.GitHubError(403, "Resource not accessible by integration").WithHeader("x-ratelimit-remaining", "0")),
        (ErrorReason.EmptyRepository, Answers.EmptyRepository()),
        (ErrorReason.PrimaryRateLimit, Answers.GitHubError(403, Denied).WithHeader("x-ratelimit-remaining", "0")),
        (ErrorReason.SecondaryRateLimit, Answers.GitHubError(403, Denied).WithHeader("Retry-After", "30")),
        (ErrorReason.SecondaryRateLimit, Answers.GitHubError(403, Denied).WithHeader("gh-limited-by", "x")),
        (ErrorReason.SecondaryRateLimit, Answers.Text(429)),
        (ErrorReason.RedirectRefused, Answers.GitHubError(305, "Use Proxy")),
        (ErrorReason.ValidationFailed, Answers.GitHubError(422, "Validation Failed")),
        (ErrorReason.BadCredentials, Answers.BadCredentials()),
        (ErrorReason.PermissionMissing, Answers.GitHubError(403, Denied)),
        (ErrorReason.NotFound, Answers.NotFound()),
        (ErrorReason.Conflict, Answers.Conflict()),
        (ErrorReason.ServerError, Answers.GitHubError(500, "Server Error")),
        (ErrorReason.Unknown, Answers.GitHubError(418, "I'm a teapot")),
    ];

    public static TheoryData<int> RowNumbers => [.. Enumerable.Range(0, GitHubErrorTable.Rows.Count)];

    public static TheoryData<string, ErrorReason, Answer> MoreAnswers => new()
    {
        { "429 with nothing left", ErrorReason.PrimaryRateLimit, Answers.PrimaryRateLimit(TimeSpan.FromMinutes(1), 429) },
        { "403 primary", ErrorReason.PrimaryRateLimit, Answers.PrimaryRateLimit(TimeSpan.FromMinutes(1)) },
        { "429 secondary", ErrorReason.SecondaryRateLimit, Answers.SecondaryRateLimit(TimeSpan.FromMinutes(1), 429) },
        { "the message in other letters", ErrorReason.EmptyRepository, Answers.GitHubError(409, "GIT REPOSITORY IS EMPTY!") },
        { "an empty repository's contents", ErrorReason.EmptyRepository, Answers.GitHubError(404, "This repository is empty.") },
        { "any other 409", ErrorReason.Conflict, Answers.GitHubError(409, "Head branch was modified.") },
        { "412", ErrorReason.Conflict, Answers.Text(412) },
        { "400", ErrorReason.ValidationFailed, Answers.GitHubError(400, "Problems parsing JSON") },
        { "a web page that speaks of a limit", ErrorReason.PermissionMissing, Answers.Text(403, "<html>rate limit exceeded</html>", "text/html") },
        { "a blank Retry-After", ErrorReason.PermissionMissing, Answers.GitHubError(403, Denied).WithHeader("Retry-After", " ") },
        { "the last request of a window, denied", ErrorReason.PermissionMissing, Answers.PermissionDenied().WithHeader("x-ratelimit-remaining", "0") },
        { "a token of a person", ErrorReason.PermissionMissing, Answers.PermissionDenied(message: "Resource not accessible by personal access token") },
        { "404 without a body", ErrorReason.NotFound, Answers.Text(404) },
        { "503", ErrorReason.ServerError, Answers.ServerError(503) },
        { "599", ErrorReason.ServerError, Answers.Text(599) },
        { "a status that nobody uses", ErrorReason.Unknown, Answers.Text(499) },
    };

    [Fact]
    public void Every_row_has_its_answer_here() => Rows.Select(row => row.Reason).Should().Equal(GitHubErrorTable.Rows.Select(row => row.Reason));

    [Theory]
    [MemberData(nameof(RowNumbers))]
    public async Task A_row_gives_its_reason_and_its_exception(int row) => await MeetAsync(Rows[row].Reason, Rows[row].Answer);

    [Theory]
    [MemberData(nameof(MoreAnswers))]
    public async Task An_answer_gives_its_reason(string what, ErrorReason reason, Answer answer)
    {
        what.Should().NotBeEmpty();
        await MeetAsync(reason, answer);
    }

    private static async Task MeetAsync(ErrorReason reason, Answer answer)
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.Resilience.MaxAttempts = 1);
        fixture.GitHub.WhenAnything().Answer(answer);

        var call = fixture.GetApiAsync;

        var error = (await call.Should().ThrowAsync<ScmException>()).Which;
        error.Reason.Should().Be(reason);
        error.Should().BeOfType(ScmException.From(error.Error).GetType());
        error.Origin.Should().Be(ErrorOrigin.GitHub);
        var request = fixture.GitHub.Requests.Should().ContainSingle().Subject;
        error.Status.Should().Be((HttpStatusCode)request.Status!.Value);
        error.RequestId.Should().MatchRegex("^[0-9A-F]{32}$");
        error.Message.Should().Contain($"{request.Status} for GET /repos/acme/api");
        error.Error.RateLimitResource.Should().Be("core");
        (error.RetryAt is not null).Should().Be(error is ScmRateLimitException, "waiting helps with a limit alone");
    }
}
