using ScmIntegrations.Errors;
using ScmIntegrations.Resilience.Retries;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience.Retries;

public sealed class RetryBudgetTests
{
    // 500 tokens at 14 a retry.
    private const int Retries = 35;

    [Fact]
    public async Task An_outage_is_met_with_about_one_request_a_call()
    {
        const int calls = 300;
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.Resilience.CircuitMinimumThroughput = 100_000);
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError());

        for (var call = 0; call < calls; call++)
        {
            (await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmServerException>()).Which.Reason.Should().Be(ErrorReason.ServerError);
        }

        fixture.GitHub.Requests.Should().HaveCount(calls + Retries);
        fixture.CountedRetries.Should().Be(Retries);
    }

    [Fact]
    public async Task A_call_that_could_not_be_retried_for_want_of_budget_says_so()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.Resilience.CircuitMinimumThroughput = 100_000);
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError());
        var flags = new List<bool>();

        for (var call = 0; call < 20; call++)
        {
            flags.Add((await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmServerException>()).Which.Error.IsRetryBudgetExhausted);
        }

        flags.Should().Equal(Enumerable.Range(1, 20).Select(call => call > Retries / 2));
    }

    [Fact]
    public void A_retry_after_a_limit_costs_five()
    {
        var budget = new RetryBudget();

        Enumerable.Range(0, 200).Count(_ => budget.TryTake(RetryBudget.LimitCost)).Should().Be(100);
        budget.Return(RetryBudget.LimitCost);
        budget.TryTake(RetryBudget.LimitCost).Should().BeTrue();
        budget.TryTake(RetryBudget.LimitCost).Should().BeFalse();
    }

    [Fact]
    public void A_full_bucket_pays_for_35_retries()
    {
        var budget = new RetryBudget();

        Enumerable.Range(0, 100).Count(_ => budget.TryTake()).Should().Be(Retries);
    }

    [Fact]
    public void A_clean_success_gives_one_token_back_and_a_retried_one_its_cost()
    {
        var budget = new RetryBudget();
        while (budget.TryTake())
        {
        }

        // 10 tokens are left over from 500.
        for (var success = 0; success < 3; success++)
        {
            budget.Return();
        }

        budget.TryTake().Should().BeFalse();
        budget.Return();
        budget.TryTake().Should().BeTrue();
        budget.Return(RetryBudget.FaultCost);
        budget.TryTake().Should().BeTrue();
        budget.TryTake().Should().BeFalse();
    }

    [Fact]
    public void The_bucket_never_holds_more_than_its_capacity()
    {
        var budget = new RetryBudget();
        budget.TryTake();
        for (var success = 0; success < 1000; success++)
        {
            budget.Return(RetryBudget.FaultCost);
        }

        Enumerable.Range(0, 100).Count(_ => budget.TryTake()).Should().Be(Retries);
    }

    [Fact]
    public async Task Callers_side_by_side_never_overdraw_the_bucket()
    {
        var budget = new RetryBudget();

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 1000).Count(_ => budget.TryTake()))));

        taken.Sum().Should().Be(Retries);
    }
}
