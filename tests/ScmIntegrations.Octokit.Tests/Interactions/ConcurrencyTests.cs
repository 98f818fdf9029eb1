using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Interactions;

/// <summary>Runs side by side share a client and nothing else.</summary>
public sealed class ConcurrencyTests
{
    [Fact]
    public async Task One_that_is_cancelled_leaves_the_other_unharmed()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        var answer = new TaskCompletionSource();
        fixture.GitHub.WhenAnything().Answer(Answers.Custom(async (context, cancellationToken) =>
        {
            await answer.Task.WaitAsync(cancellationToken);
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Payloads.Repository("acme/api")), cancellationToken);
        }));
        using var one = new CancellationTokenSource();
        using var other = new CancellationTokenSource();

        var cancelled = fixture.GetApiAsync(one.Token);
        var unharmed = fixture.GetApiAsync(other.Token);
        await fixture.GitHub.WaitForRequestsAsync(2, TestContext.Current.CancellationToken);
        await one.CancelAsync();
        (await FluentActions.Awaiting(() => cancelled).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(one.Token);
        answer.SetResult();

        (await unharmed).FullName.Should().Be("acme/api");
        fixture.Counted.Select(counted => counted.Outcome).Should().Equal("started", "started", "halted", "success");
    }

    [Fact]
    public async Task Calls_side_by_side_within_a_run_all_end_with_its_token()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Stall());
        using var caller = new CancellationTokenSource();

        var call = fixture.RunAsync(octokit => Task.WhenAll(Enumerable.Range(0, 5).Select(_ => octokit.Repository.Get("acme", "api"))), caller.Token);
        await fixture.GitHub.WaitForRequestsAsync(5, TestContext.Current.CancellationToken);
        await caller.CancelAsync();

        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(caller.Token);
        fixture.Counted.Should().Equal(("test", "started"), ("test", "halted"));
    }

    [Fact]
    public async Task The_token_of_a_run_does_not_outlive_it()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        using var caller = new CancellationTokenSource();

        await fixture.GetApiAsync(caller.Token);
        await caller.CancelAsync();

        (await fixture.Direct.Repository.Get("acme", "api")).FullName.Should().Be("acme/api");
        (await fixture.GetApiAsync()).FullName.Should().Be("acme/api");
    }

    [Fact]
    public async Task Fifty_at_once_each_get_their_own()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        for (var number = 0; number < 50; number++)
        {
            fixture.GitHub.AddRepository($"acme/r{number}");
        }

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => fixture.RunAsync(octokit => octokit.Repository.Get("acme", $"r{number}"))));

        all.Select(repository => repository.Name).Should().Equal(Enumerable.Range(0, 50).Select(number => $"r{number}"));
        fixture.Counted.Select(one => one.Outcome).Order(StringComparer.Ordinal).Should().Equal([.. Enumerable.Repeat("started", 50), .. Enumerable.Repeat("success", 50)]);
    }
}
