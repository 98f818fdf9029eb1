using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Interactions;

/// <summary>The application has the last word on what halts and what fails.</summary>
public sealed class OutcomeOverrideTests
{
    [Fact]
    public async Task A_reason_gets_another_outcome()
    {
        await using var fixture = await StartAsync(builder => builder.OverrideOutcome(ErrorReason.NotFound, InteractionOutcome.Failure));
        fixture.GitHub.WhenAnything().Answer(Answers.NotFound());

        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmNotFoundException>();

        fixture.CountedOutcomes.Should().Equal("started", "failure");
        fixture.Reporter.Reports.Should().ContainSingle().Which.Reason.Should().Be("not_found");
    }

    [Fact]
    public async Task A_row_of_the_retry_table_gets_another_outcome()
    {
        await using var fixture = await StartAsync(builder => builder.OverrideOutcome(error => error.Error.Rule is "41" ? InteractionOutcome.Halted : null));
        fixture.GitHub.WhenAnything().AnswerInTurn(Answers.GitHubError(422, "Validation Failed"), Answers.GitHubError(400, "Problems parsing JSON"));

        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmValidationException>();
        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmValidationException>();

        fixture.CountedOutcomes.Should().Equal("started", "halted", "started", "failure");
    }

    [Fact]
    public async Task The_first_opinion_decides_and_a_throwing_one_is_passed_over()
    {
        await using var fixture = await StartAsync(builder => builder
            .OverrideOutcome(_ => throw new InvalidOperationException("no opinion"))
            .OverrideOutcome(_ => null)
            .OverrideOutcome(_ => (InteractionOutcome)99)
            .OverrideOutcome(ErrorReason.ServerError, InteractionOutcome.Halted)
            .OverrideOutcome(ErrorReason.ServerError, InteractionOutcome.Failure));
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError(501));

        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmServerException>();

        fixture.CountedOutcomes.Should().Equal("started", "halted");
        fixture.Log.Lines.Should().Contain(line => line.Event.Id == 1008);
    }

    [Fact]
    public void A_value_that_is_none_is_refused_at_registration()
    {
        var builder = new ServiceCollection().AddScmIntegrations();

        builder.Invoking(one => one.OverrideOutcome((ErrorReason)999, InteractionOutcome.Halted)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*999*");
        builder.Invoking(one => one.OverrideOutcome(ErrorReason.NotFound, (InteractionOutcome)9)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*9*");
    }

    private static Task<ClientFixture> StartAsync(Action<IScmIntegrationsBuilder> configure) =>
        ClientFixture.StartAsync(setup => setup.MoreClients = (builder, _) => configure(builder));
}
