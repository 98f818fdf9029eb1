using Quickstart.Output;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.Quickstart.Tests;

/// <summary>Lines that no run of a test could bring about: a cached tree that has expired, a bug.</summary>
public sealed class ReportTests
{
    [Fact]
    public async Task Stale_tree_keeps_its_figures_and_carries_the_error()
    {
        using var output = new StringWriter();
        var error = ScmException.From(new ScmError
        {
            Reason = ErrorReason.SecondaryRateLimit,
            Origin = ErrorOrigin.GitHub,
            Status = System.Net.HttpStatusCode.TooManyRequests,
            RetryAt = new DateTimeOffset(2026, 1, 1, 1, 0, 0, 1, TimeSpan.FromHours(1)),
            RequestId = "ABCD:1",
            FixUrl = new Uri("https://github.com/settings"),
            Message = "Slow down.",
        });
        var tree = new RepositoryTree("1", [new TreeEntry("a", "100644", TreeEntryType.Blob, "2", 1)]);

        await new JsonReport(output, SecretMask.None).ReadAsync(
            new RepositoryReading(2, new RepositoryRef("acme/api"), TreeStatus.Stale, tree, InteractionOutcome.Halted, error));

        output.ToString().Should().Be(
            """{"type":"repository","pass":2,"repository":"acme/api","status":"stale","complete":true,"entries":1,"files":1,"outcome":"halted","error":"""
            + """{"type":"ScmRateLimitException","reason":"secondary_rate_limit","origin":"github","status":429,"retryAt":"2026-01-01T00:00:01Z","requestId":"ABCD:1","fixUrl":"https://github.com/settings","message":"Slow down.","owner":"nobody","advice":"Send nothing with this credential until the given time; then fewer at once, and writes a second apart."}}"""
            + "\n");
    }

    [Fact]
    public async Task Bug_is_an_error_line_without_a_stack()
    {
        using var output = new StringWriter();

        await new JsonReport(output, SecretMask.None).FailAsync(new InvalidTimeZoneException("Line one.\nLine two."));

        output.ToString().Should().Be(
            """{"type":"error","error":{"type":"InvalidTimeZoneException","reason":"unknown","origin":"client","status":null,"retryAt":null,"requestId":null,"fixUrl":null,"message":"Line one.\nLine two.","owner":"developer","advice":"Nobody has met this answer before: read the message, and report it so that it gets a reason."}}""" + "\n");
    }
}
