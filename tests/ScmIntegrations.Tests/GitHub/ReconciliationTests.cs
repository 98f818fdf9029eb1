using System.Text.Json;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub;

/// <summary>A write whose fate is unknown is looked after before anything is sent again.</summary>
public sealed class ReconciliationTests
{
    private static readonly JsonElement Found = JsonSerializer.SerializeToElement("found");

    [Fact]
    public async Task What_was_carried_out_is_the_answer()
    {
        await using var fixture = await StartAsync(Answers.Reset());

        var answer = await SendAsync(fixture, _ => Reconciliation.CarriedOut(Found));

        answer.GetString().Should().Be("found");
        Sent(fixture).Should().Be(1);
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task What_was_not_carried_out_is_sent_again_once()
    {
        await using var fixture = await StartAsync(Answers.ServerError(502), Answers.Json(201, "\"made\""));

        var answer = await SendAsync(fixture, _ => Reconciliation.NotCarriedOut<JsonElement>());

        answer.GetString().Should().Be("made");
        Sent(fixture).Should().Be(2);
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task What_is_lost_twice_surfaces()
    {
        var looks = 0;
        await using var fixture = await StartAsync(Answers.Reset(), Answers.Reset());

        await FluentActions.Awaiting(() => SendAsync(fixture, _ =>
        {
            looks++;
            return Reconciliation.NotCarriedOut<JsonElement>();
        })).Should().ThrowAsync<ScmAmbiguousWriteException>();

        (Sent(fixture), looks).Should().Be((2, 2));
        fixture.CountedOutcomes.Should().Equal("started", "failure");
    }

    [Fact]
    public async Task What_nobody_can_tell_surfaces_with_what_happened()
    {
        await using var fixture = await StartAsync(Answers.ServerError(500));
        ScmAmbiguousWriteException? seen = null;

        var thrown = (await FluentActions.Awaiting(() => SendAsync(fixture, ambiguous =>
        {
            seen = ambiguous;
            return Reconciliation.Unknown<JsonElement>();
        })).Should().ThrowAsync<ScmAmbiguousWriteException>()).Which;

        thrown.Should().BeSameAs(seen);
        thrown.InnerException.Should().BeOfType<ScmServerException>();
        Sent(fixture).Should().Be(1);
    }

    [Fact]
    public async Task A_look_that_fails_leaves_the_ambiguous_write_and_is_reported()
    {
        await using var fixture = await StartAsync(Answers.Reset());

        await FluentActions.Awaiting(() => SendAsync(fixture, _ => throw new InvalidOperationException("no list"))).Should().ThrowAsync<ScmAmbiguousWriteException>();

        fixture.Reporter.Reports.Should().Contain(report => report.Exception is InvalidOperationException);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task A_definite_refusal_is_not_looked_after(int status)
    {
        await using var fixture = await StartAsync(Answers.GitHubError(status, "No."));

        var error = (await FluentActions.Awaiting(() => SendAsync(fixture, _ => throw new InvalidOperationException("must not be asked"))).Should().ThrowAsync<ScmException>()).Which;

        error.Should().NotBeOfType<ScmAmbiguousWriteException>();
        fixture.Reporter.Reports.Should().NotContain(report => report.Exception is InvalidOperationException);
    }

    [Fact]
    public async Task A_caller_who_cancels_during_the_look_gets_the_cancellation()
    {
        await using var fixture = await StartAsync(Answers.Reset());
        using var caller = new CancellationTokenSource();

        var call = () => fixture.Client.SendAsync(
            Requests.To(HttpMethod.Post),
            Requests.AnyJson,
            async (_, token) =>
            {
                await caller.CancelAsync();
                token.ThrowIfCancellationRequested();
                return Reconciliation.Unknown<JsonElement>();
            },
            caller.Token);

        await call.Should().ThrowAsync<OperationCanceledException>();
        fixture.CountedOutcomes.Should().Equal("started", "halted");
    }

    private static async Task<ClientFixture> StartAsync(params Answer[] answers)
    {
        var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Post, "/things").AnswerInTurn(answers);
        return fixture;
    }

    private static Task<JsonElement> SendAsync(ClientFixture fixture, Func<ScmAmbiguousWriteException, Reconciliation<JsonElement>> look) =>
        fixture.Client.SendAsync(Requests.To(HttpMethod.Post), Requests.AnyJson, (ambiguous, _) => Task.FromResult(look(ambiguous)), TestContext.Current.CancellationToken);

    private static int Sent(ClientFixture fixture) => fixture.GitHub.Count(HttpMethod.Post, "/things");
}
