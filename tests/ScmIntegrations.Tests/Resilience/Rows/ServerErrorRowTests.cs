using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience.Rows;

/// <summary>GitHub failed.</summary>
public sealed class ServerErrorRowTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(520)]
    public async Task Row_43_a_server_error_is_tried_again(int status) =>
        await RowCall.EachAsync(RowCall.Repeatable, _ => RowCall.OverAsync(Answers.ServerError(status)), (fixture, error) =>
        {
            error.ShouldSurface<ScmServerException>(fixture, "43", requests: 3, halts: false);
            fixture.CountedRetries.Should().Be(2);
            error.IsTransient.Should().BeTrue();
        });

    [Fact]
    public async Task Row_43_honours_Retry_After_within_the_deadline()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Time = new ManualTimeProvider { AutoAdvance = true, AutoAdvanceUpTo = TimeSpan.FromSeconds(29) });
        fixture.GitHub.WhenAnything().Once().Answer(Answers.ServerError(503).WithHeader("Retry-After", "20"));

        await fixture.GetApiAsync();

        fixture.Time.RequestedDelays.Should().Contain(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(599)]
    public async Task Row_44_a_server_error_to_a_write_leaves_its_fate_unknown(int status) =>
        await RowCall.EachAsync(RowCall.Writes, _ => RowCall.OverAsync(Answers.ServerError(status)), (fixture, error) =>
        {
            error.ShouldSurface<ScmAmbiguousWriteException>(fixture, "44", requests: 1, halts: false);
            error.InnerException.Should().BeOfType<ScmServerException>();
            ((int?)error.Status).Should().Be(status);
        });

    [Fact]
    public Task Row_45_503_with_a_time_to_come_back_was_not_carried_out_and_surfaces() =>
        RowCall.EachAsync(RowCall.Writes, _ => RowCall.OverAsync(Answers.ServerError(503).WithHeader("Retry-After", "5")), (fixture, error) =>
        {
            error.ShouldSurface<ScmServerException>(fixture, "45", requests: 1, halts: false);
            error.RetryAt.Should().NotBeNull();
        });

    [Theory]
    [InlineData(501)]
    [InlineData(505)]
    public async Task Row_46_what_a_server_cannot_do_is_never_tried_again(int status) =>
        await RowCall.EachAsync(RowCall.Any, _ => RowCall.OverAsync(Answers.ServerError(status)), (fixture, error) =>
            error.ShouldSurface<ScmServerException>(fixture, "46", requests: 1, halts: false));

    [Fact]
    public async Task Row_60_a_mint_that_fails_is_tried_again_and_then_remembered_for_two_seconds()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => (setup.AsInstallation, setup.Time) = (true, new ManualTimeProvider()));
        var fault = fixture.GitHub.When(HttpMethod.Post, RowCall.Mint).Answer(Answers.ServerError());

        (await RowCall.FailAsync(fixture.GetApiAsync)).Error.Rule.Should().Be("60");
        (await RowCall.FailAsync(fixture.GetApiAsync)).Should().BeOfType<ScmServerException>();
        fixture.GitHub.Requests.Should().HaveCount(3);

        fault.Remove();
        fixture.Time.Advance(TimeSpan.FromSeconds(2));
        await fixture.GetApiAsync();
    }
}
