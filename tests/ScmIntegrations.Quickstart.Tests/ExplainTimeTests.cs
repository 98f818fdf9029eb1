using System.Globalization;

namespace ScmIntegrations.Quickstart.Tests;

/// <summary>When asking again helps. An answer from a log is old, so its own Date is what times are counted from.</summary>
public sealed class ExplainTimeTests
{
    private const string Date = "Date: Mon, 02 Nov 2026 10:00:00 GMT";

    [Theory]
    [InlineData("seconds", "2026-11-02 10:01:30", "Retry-After: 90")]
    [InlineData("a date", "2026-11-02 10:05:00", "Retry-After: Mon, 02 Nov 2026 10:05:00 GMT")]
    [InlineData("a second past the reset", "2026-11-02 10:20:01", "x-ratelimit-remaining: 0", "X-RateLimit-Reset: 1793614800")]
    [InlineData("a minute, where the reset is another limit's", "2026-11-02 10:01:00", "gh-limited-by: x", "x-ratelimit-remaining: 14", "x-ratelimit-reset: 1793614800")]
    [InlineData("a minute, where the wait is absurd", "2026-11-02 10:01:00", "Retry-After: 99999999")]
    [InlineData("the first of two", "2026-11-02 10:01:30", "Retry-After: 90", "Retry-After: 10")]
    public async Task Time_is_counted_from_the_date_of_the_answer(string what, string expected, params string[] headers)
    {
        what.Should().NotBeEmpty();
        string[] arguments = ["explain", "--status", "429", "--header", Date, .. headers.SelectMany(header => (string[])["--header", header])];

        var plain = await AppRun.WithAsync(arguments);
        var line = (await AppRun.WithAsync([.. arguments, "--json"])).Lines.Single();

        plain.Output.Should().Contain($"\nWhen           again from {expected} UTC\n").And.NotContain("Counted from");
        line.Text("retryAt").Should().Be(expected.Replace(' ', 'T') + "Z");
    }

    [Theory]
    [InlineData]
    [InlineData("--header", "Date: yesterday")]
    [InlineData("--header", "Date: Fri, 31 Dec 9999 23:59:59 GMT")]
    public async Task Without_a_date_it_is_counted_from_now_which_is_said(params string[] more)
    {
        var before = TimeProvider.System.GetUtcNow();
        string[] arguments = ["explain", "--status", "429", "--header", "Retry-After: 3600", .. more];

        var plain = await AppRun.WithAsync(arguments);
        var line = (await AppRun.WithAsync([.. arguments, "--json"])).Lines.Single();

        plain.Output.Should().Contain("\nCounted from   now, because the answer has no Date that can be read\n");
        DateTimeOffset.Parse(line.Text("retryAt")!, CultureInfo.InvariantCulture).Should().BeCloseTo(before.AddHours(1), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Where_waiting_does_not_help_there_is_no_time()
    {
        string[] arguments = ["explain", "--status", "404", "--header", Date, "--header", "Retry-After: 90"];

        var plain = await AppRun.WithAsync(arguments);
        var line = (await AppRun.WithAsync([.. arguments, "--json"])).Lines.Single();

        plain.Output.Should().Contain("\nWhen           asking again does not help until somebody has acted\n");
        (line.IsNull("retryAt"), line.GetProperty("transient").GetBoolean()).Should().Be((true, false));
    }
}
