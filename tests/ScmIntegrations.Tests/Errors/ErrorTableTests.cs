using System.Net;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Answers;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.Tests.Errors;

/// <summary>Every row of the table, met over HTTP in GitHub's words.</summary>
public sealed class ErrorTableTests
{
    /// <summary>Row and answer by number, and what it is, so that a test's name tells.</summary>
    public static TheoryData<int, int, string> Answered
    {
        get
        {
            var data = new TheoryData<int, int, string>();
            for (var row = 0; row < TableAnswers.ByRow.Count; row++)
            {
                for (var answer = 0; answer < TableAnswers.ByRow[row].Count; answer++)
                {
                    data.Add(row, answer, TableAnswers.ByRow[row][answer].ToString());
                }
            }

            return data;
        }
    }

    [Fact]
    public void Every_row_has_its_answers_here() =>
        TableAnswers.ByRow.Select(answers => answers[0].Reason).Should().Equal(GitHubErrorTable.Rows.Select(row => row.Reason));

    [Theory]
    [MemberData(nameof(Answered))]
    public async Task An_answer_gives_its_reason_by_its_own_row(int row, int answer, string what)
    {
        var given = TableAnswers.ByRow[row][answer];

        var met = await Meeting.OfAsync(given);

        met.Error.Reason.Should().Be(given.Reason, what);
        met.Row.Should().Be(row, "no earlier row may take the answer");
        met.Error.Should().BeOfType(ScmException.From(met.Error.Error).GetType());
        met.Error.Origin.Should().Be(ErrorOrigin.GitHub);
        met.Error.Status.Should().Be((HttpStatusCode)given.Status).And.Be((HttpStatusCode)met.Request.Status!.Value);
        met.Error.Message.Should().Contain($"{given.Status} for {given.Method} {given.Path}");
        met.Error.Error.RateLimitResource.Should().Be("core");
        (met.Error.RetryAt is not null).Should().Be(given.Reason is ErrorReason.PrimaryRateLimit or ErrorReason.SecondaryRateLimit, "waiting helps with a limit alone");
        (met.Error.RequestId is null).Should().Be(given.Headers.Contains(("X-GitHub-Request-Id", null)));
        met.Outcomes[^1].Should().Be(met.Error.IsExpected ? "halted" : "failure");
    }

    [Fact]
    public void A_recorded_answer_means_what_a_call_meets()
    {
        foreach (var given in TableAnswers.All.Where(given => given.Token is TokenAge.Unknown && given.Status is not 304))
        {
            given.ToGitHubAnswer().ToException()?.Reason.Should().Be(given.Reason, given.ToString());
        }
    }

    [Fact]
    public void No_phrase_is_without_an_answer()
    {
        var unanswered =
            from row in Enumerable.Range(0, TableAnswers.ByRow.Count)
            from phrase in GitHubErrorTable.Rows[row].Message
            where !TableAnswers.ByRow[row].Any(given => phrase.IsIn(Facts(given).Words))
            select $"{phrase} of row {row}";

        unanswered.Should().BeEmpty();
    }

    [Fact]
    public void No_status_is_without_an_answer()
    {
        // Of a whole range, its ends and a few within will do.
        var unanswered =
            from row in Enumerable.Range(0, TableAnswers.ByRow.Count)
            where GitHubErrorTable.Rows[row].Statuses.Count < 100
            from status in GitHubErrorTable.Rows[row].Statuses
            where !TableAnswers.ByRow[row].Any(given => given.Status == status)
            select $"{status} of row {row}, {GitHubErrorTable.Rows[row].Reason}";

        unanswered.Should().BeEmpty();
    }

    [Fact]
    public void The_table_ends_with_a_row_for_everything() =>
        GitHubErrorTable.Rows[^1].Should().BeEquivalentTo(new GitHubErrorRow(ErrorReason.Unknown));

    private static AnswerFacts Facts(GivenAnswer given)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)given.Status);
        return new(
            new ResponseSnapshot(response, System.Text.Encoding.UTF8.GetBytes(given.Body)),
            AnswerContext.Of("GET /", OperationClass.Read, CredentialOwner.Customer, "/"));
    }
}
