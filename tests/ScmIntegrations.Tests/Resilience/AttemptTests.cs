using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience;

public sealed class AttemptTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    public async Task The_option_says_how_many_attempts_there_are(int attempts)
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options =>
        {
            options.Resilience.MaxAttempts = attempts;
            options.Resilience.CircuitMinimumThroughput = 100;
        });
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError());

        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmServerException>();

        fixture.GitHub.Requests.Should().HaveCount(attempts);
    }

    [Fact]
    public async Task A_renewed_credential_is_not_counted_as_an_attempt()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.AsInstallation = true);
        await fixture.GetApiAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Times(3).AnswerInTurn(Answers.BadCredentials(), Answers.ServerError(), Answers.ServerError());

        await fixture.GetApiAsync();

        fixture.GitHub.Count(HttpMethod.Get, "/repos/acme/api").Should().Be(5);
    }

    [Fact]
    public async Task The_last_error_surfaces_not_the_first()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().AnswerInTurn(Answers.ServerError(500), Answers.ServerError(502), Answers.NotFound());

        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmNotFoundException>();
    }

    [Fact]
    public async Task A_call_that_succeeds_after_retries_is_one_interaction()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Times(2).Answer(Answers.ServerError());

        await fixture.GetApiAsync();

        fixture.CountedOutcomes.Should().Equal("started", "success");
        fixture.Reporter.Reports.Should().BeEmpty();
    }
}
