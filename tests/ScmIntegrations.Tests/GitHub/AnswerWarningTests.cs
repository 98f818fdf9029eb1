using System.Globalization;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Answers;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.GitHub.Apps;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub;

/// <summary>What will stop working is said in time, once a day.</summary>
public sealed class AnswerWarningTests
{
    private const string Expiration = "github-authentication-token-expiration";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("yyyy-MM-dd HH:mm:ss 'UTC'", 0)]
    [InlineData("yyyy-MM-dd HH:mm:ss '-0700'", -7)]
    [InlineData("yyyy-MM-dd HH:mm:ss '+0530'", 5.5)]
    public async Task A_token_is_warned_of_within_seven_days_of_its_end(string format, double offset)
    {
        await using var fixture = await StartAsync();
        var end = fixture.Time.GetUtcNow() + AnswerWarnings.TokenNotice + Second;
        Answer(fixture, Expiration, (end + TimeSpan.FromHours(offset)).UtcDateTime.ToString(format, CultureInfo.InvariantCulture));

        await fixture.GetApiAsync();
        fixture.Reporter.Reports.Should().BeEmpty("it is more than seven days away");
        fixture.Time.Advance(Second);
        await fixture.GetApiAsync();

        var report = fixture.Reporter.Reports.Should().ContainSingle().Which;
        report.Severity.Should().Be(FailureSeverity.Warning);
        report.Reason.Should().Contain("token:").And.Contain($"{end.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC").And.Contain("new one");
        report.Descriptor.Name.Should().Be("get_repository");
        fixture.CountedOutcomes.Should().Equal(["started", "success", "started", "success"], "the outcome is not touched");
        fixture.EverythingSaid.Should().NotContain(said => said.Contains(ClientSetup.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_warning_is_repeated_after_a_day()
    {
        await using var fixture = await StartAsync();
        Answer(fixture, Expiration, fixture.Time.GetUtcNow().AddDays(3).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => fixture.GetApiAsync()));
        fixture.Time.Advance(TimeSpan.FromDays(1) - Second);
        await fixture.GetApiAsync();
        fixture.Reporter.Reports.Should().ContainSingle();
        fixture.Time.Advance(Second);
        await fixture.GetApiAsync();

        fixture.Reporter.Reports.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("never")]
    [InlineData("1999")]
    [InlineData("2026-13-45 99:99:99 UTC")]
    public async Task An_end_that_cannot_be_read_is_passed_over(string header)
    {
        await using var fixture = await StartAsync();
        Answer(fixture, Expiration, header);

        await fixture.GetApiAsync();

        fixture.Reporter.Reports.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_renewed_is_not_warned_of()
    {
        await using var fixture = await StartAsync(setup => setup.AsInstallation = true);
        Answer(fixture, Expiration, fixture.Time.GetUtcNow().AddHours(1).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));

        await fixture.GetApiAsync();

        fixture.Reporter.Reports.Should().BeEmpty("an installation's token and an App's JWT end all the time");
    }

    [Fact]
    public async Task A_refused_request_warns_too()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.NotFound().WithHeader(Expiration, fixture.Time.GetUtcNow().AddDays(1).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)));

        await fixture.Invoking(one => one.GetApiAsync()).Should().ThrowAsync<ScmNotFoundException>();

        fixture.Reporter.Reports.Should().ContainSingle(report => report.Reason.Contains("token:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(181, false)]
    [InlineData(180, true)]
    [InlineData(1, true)]
    [InlineData(-1, true)]
    public async Task A_version_is_warned_of_within_half_a_year_of_its_end(int days, bool isSaid)
    {
        await using var fixture = await StartAsync();
        var end = fixture.Time.GetUtcNow().AddDays(days);
        Answer(fixture, "Sunset", end.ToString("r", CultureInfo.InvariantCulture));

        await fixture.GetApiAsync();
        await fixture.GetApiAsync();

        fixture.Reporter.Reports.Should().HaveCount(isSaid ? 1 : 0);
        fixture.Reporter.Reports.All(report => report.Reason.Contains("API version 2022-11-28", StringComparison.Ordinal)
            && report.Reason.Contains($"{end.UtcDateTime:yyyy-MM-dd}", StringComparison.Ordinal)
            && report.Reason.Contains("GET /repos/acme/api", StringComparison.Ordinal)).Should().BeTrue();
    }

    [Theory]
    [InlineData("Deprecation", "@1688169599")]
    [InlineData("Deprecation", "true")]
    [InlineData("Sunset", "some day")]
    public async Task A_version_without_a_day_is_warned_of(string header, string value)
    {
        await using var fixture = await StartAsync();
        Answer(fixture, header, value);

        await fixture.GetApiAsync();

        fixture.Reporter.Reports.Should().ContainSingle().Which.Reason.Should().Contain("on a day that it does not say").And.NotContain(value);
    }

    [Fact]
    public async Task A_version_that_is_no_version_is_not_repeated()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Real().WithHeader("Deprecation", "true").WithHeader("X-GitHub-Api-Version-Selected", "<script>ghp_secret"));

        await fixture.GetApiAsync();

        fixture.Reporter.Reports.Should().ContainSingle().Which.Reason.Should().Contain("2022-11-28").And.NotContain("script");
    }

    [Fact]
    public async Task Each_of_the_two_is_said()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Real()
            .WithHeader("Deprecation", "true")
            .WithHeader(Expiration, fixture.Time.GetUtcNow().AddDays(1).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)));

        await fixture.GetApiAsync();

        fixture.Reporter.Reports.Should().HaveCount(2);
    }

    [Fact]
    public async Task Outside_of_any_interaction_it_stands_in_the_log()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Real().WithHeader("Deprecation", "true"));

        await fixture.Lookup.FindAsync(Requests.Api, null, TestContext.Current.CancellationToken);

        fixture.Fixture.Reporter.Reports.Should().BeEmpty();
        fixture.Fixture.Log.Lines.Should().ContainSingle(line => line.Event.Id == 1201).Which.Message.Should().Contain("on its way out");
    }

    private static Task<ClientFixture> StartAsync(Action<ClientSetup>? more = null) => ClientFixture.StartAsync(setup =>
    {
        setup.Time = new ManualTimeProvider();
        more?.Invoke(setup);
    });

    private static void Answer(ClientFixture fixture, string header, string value) =>
        fixture.GitHub.WhenAnything().Answer(Answers.Real().WithHeader(header, value));
}
