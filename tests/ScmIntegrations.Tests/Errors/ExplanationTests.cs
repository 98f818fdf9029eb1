using System.Text;
using System.Text.Json;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.Errors;

/// <summary>An error as lines for a support desk.</summary>
public sealed class ExplanationTests
{
    private const string Token = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";

    // Everything that ends a line or steers a terminal, on some machine.
    private const string Hostile = "one\r\ntwo\nthree\rfour\u000bfive\u000csix\u0085seven\u2028eight\u2029nine\u001b[2Jten\u202eeleven\u0000twelve\u200bend";

    private static readonly string[] Labels =
    [
        "What happened", "Reason", "Who acts", "What to do", "Beware", "Accepted", "Granted", "Missing", "Provider", "Execution id", "Error", "Where", "When",
        "Limit", "Request id", "Documentation",
    ];

    [Fact]
    public void A_missing_permission_says_what_is_accepted_granted_and_missing()
    {
        var lines = Lines(new ScmError
        {
            Message = "403 for GET /repos/acme/api: Resource not accessible by integration",
            Reason = ErrorReason.PermissionMissing,
            Origin = ErrorOrigin.GitHub,
            AcceptedPermissions = "contents=write,workflows=write; administration=write",
            GrantedPermissions = new Dictionary<string, string>(StringComparer.Ordinal) { ["metadata"] = "read", ["contents"] = "write" },
            FixUrl = new Uri("https://github.com/organizations/acme/settings/installations/7/permissions/update"),
            RequestId = "AB12",
            DocumentationUrl = new Uri("https://docs.github.com/rest"),
        });

        lines.Should().Equal(
            "What happened  403 for GET /repos/acme/api: Resource not accessible by integration",
            "Reason         permission_missing, said by github",
            "Who acts       administrator",
            "What to do     Grant what is missing and let the installation approve it; where nothing is missing, add the repository to the installation or give the user the role.",
            "Accepted       contents=write and workflows=write; or administration=write",
            "Granted        contents=write, metadata=read",
            "Missing        workflows=write",
            "Where          https://github.com/organizations/acme/settings/installations/7/permissions/update",
            "When           asking again does not help until somebody has acted",
            "Request id     AB12",
            "Documentation  https://docs.github.com/rest");
    }

    [Theory]
    [InlineData("contents=read", "contents=read", "Missing        no permission: the repository may not be selected for the installation, or the user lacks the role")]
    [InlineData("contents=read", "", "Missing        contents=read")]
    [InlineData(null, "contents=read", null)]
    [InlineData("contents=read", null, null)]
    public void What_is_missing_is_told_only_where_it_is_known(string? accepted, string? granted, string? missing)
    {
        var lines = Lines(Error(ErrorReason.PermissionMissing) with
        {
            AcceptedPermissions = accepted,
            GrantedPermissions = granted?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(one => one.Split('=')[0], one => one.Split('=')[1], StringComparer.Ordinal),
        });

        lines.SingleOrDefault(line => line.StartsWith("Missing", StringComparison.Ordinal)).Should().Be(missing);
        lines.SingleOrDefault(line => line.StartsWith("Granted", StringComparison.Ordinal)).Should().Be(granted switch { null => null, "" => "Granted        nothing", _ => "Granted        " + granted });
    }

    [Fact]
    public void A_limit_says_when_to_come_back_and_which_it_is()
    {
        var error = Error(ErrorReason.PrimaryRateLimit) with { RetryAt = new DateTimeOffset(2026, 1, 1, 14, 0, 5, TimeSpan.FromHours(2)), RateLimitResource = "search" };

        Lines(error).Should().Contain(["When           again from 2026-01-01 12:00:05 UTC", "Limit          search"]);
        Lines(error with { Reason = ErrorReason.SecondaryRateLimit }).Should().NotContain(line => line.StartsWith("Limit ", StringComparison.Ordinal), "a secondary limit is the whole credential's");
    }

    [Theory]
    [InlineData(ErrorReason.ServerError, false, "again later")]
    [InlineData(ErrorReason.ServerError, true, "again only after somebody has looked whether it was carried out")]
    [InlineData(ErrorReason.NotFound, false, "asking again does not help until somebody has acted")]
    public void Without_a_time_it_says_whether_it_passes(ErrorReason reason, bool isFateUnknown, string when)
    {
        var lines = Lines(Error(reason) with { IsFateUnknown = isFateUnknown });

        lines.Should().Contain("When           " + when);
        lines.Any(line => line.StartsWith("Beware", StringComparison.Ordinal)).Should().Be(isFateUnknown);
    }

    [Fact]
    public void Each_complaint_has_its_line() =>
        Lines(Error(ErrorReason.ValidationFailed) with { ValidationErrors = ["Issue title missing_field", "another"] })
            .Where(line => line.StartsWith("Error", StringComparison.Ordinal)).Should().Equal("Error          Issue title missing_field", "Error          another");

    [Theory]
    [InlineData(404, "NOT_FOUND", "no such board", "404 NOT_FOUND no such board")]
    [InlineData(null, null, "no such board", "no status  no such board")]
    [InlineData(null, null, null, "no status")]
    public void A_relayed_error_names_what_the_provider_said(int? status, string? code, string? message, string text) =>
        Lines(Error(ErrorReason.NotFound) with { Origin = ErrorOrigin.Provider, Provider = new ProviderAnswer(code, message, "exec-1", status) })
            .Should().Contain(["Provider       " + text, "Execution id   exec-1"]);

    [Fact]
    public void An_operators_refused_credential_is_the_operators_to_renew() =>
        Lines(Error(ErrorReason.BadCredentials) with { CredentialOwner = CredentialOwner.Operator }).Should().Contain("Who acts       operator");

    [Fact]
    public void Facts_that_are_absent_have_no_line() => Lines(Error(ErrorReason.Unknown)).Should().HaveCount(5);

    [Fact]
    public void No_foreign_word_writes_a_line_of_its_own_or_steers_a_terminal()
    {
        var text = ScmException.From(new ScmError
        {
            Message = Hostile,
            Reason = ErrorReason.PermissionMissing,
            Origin = ErrorOrigin.GitHub,
            RequestId = Hostile,
            RateLimitResource = Hostile,
            AcceptedPermissions = $"contents={Hostile}",
            GrantedPermissions = new Dictionary<string, string>(StringComparer.Ordinal) { [Hostile] = Hostile },
            ValidationErrors = [Hostile, Hostile],
            FixUrl = new Uri("https://github.com/a b\u2028c?\u202e\n"),
            DocumentationUrl = new Uri("https://docs.github.com/\u0085"),
            Provider = new ProviderAnswer(Hostile, Hostile, Hostile, 1),
            RetryAt = DateTimeOffset.UnixEpoch,
            IsFateUnknown = false,
        }).Explain();

        var lines = text.Split('\n');
        lines.Should().HaveCount(15).And.OnlyContain(line => Labels.Any(label => line.StartsWith(label.PadRight(15), StringComparison.Ordinal)));
        text.Replace("\n", "", StringComparison.Ordinal).Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' or '\u202e' or '\u200b').Should().BeFalse();
    }

    [Fact]
    public void No_secret_that_an_answer_echoes_is_explained()
    {
        var answer = new GitHubAnswer(403)
        {
            Method = HttpMethod.Post,
            Path = $"/repos/acme/api/{Token}?access_token=abcdefgh",
            Body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
            {
                message = $"Bearer {Token}\r\nWho acts       nobody",
                documentation_url = $"https://docs.github.com/rest?x={Token}",
                errors = new object[] { Token, new { field = Token, code = $"x{Token}" } },
            })),
            Headers =
            [
                new("X-GitHub-Request-Id", Token),
                new("X-GitHub-SSO", $"required; url=https://github.com/orgs/acme/sso?authorization_request={Token}"),
                new("X-Accepted-GitHub-Permissions", $"contents={Token}"),
                new("x-ratelimit-resource", Token),
            ],
        };

        var text = answer.ToException(new ManualTimeProvider())!.Explain();

        text.Should().NotContain(Token[4..12]).And.Contain("***");
        text.Split('\n').Count(line => line.StartsWith("Who acts", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public void Every_reason_can_be_explained() =>
        Enum.GetValues<ErrorReason>().Select(reason => Lines(Error(reason))).Should().OnlyContain(lines => lines.Length == 5 && lines.All(line => line.Length > 15));

    private static ScmError Error(ErrorReason reason) => new() { Message = "m", Reason = reason, Origin = ErrorOrigin.GitHub };

    private static string[] Lines(ScmError error) => ScmException.From(error).Explain().Split('\n');
}
