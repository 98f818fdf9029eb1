using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub;

/// <summary>A request may bring its own bound for an attempt; the deadline of the call stays the client's.</summary>
public sealed class RequestAttemptTimeoutTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(45)]
    public async Task A_requests_own_bound_goes_before_the_clients(int seconds)
    {
        await using var fixture = await StalledAsync();

        var call = SendAsync(fixture, seconds);
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(seconds - 1));
        call.IsCompleted.Should().BeFalse();
        fixture.Time.Advance(TimeSpan.FromSeconds(1));

        (await call.Awaiting(pending => pending).Should().ThrowAsync<ScmTimeoutException>()).Which.Message.Should().Contain($"after {seconds} s");
    }

    [Fact]
    public async Task The_deadline_of_the_call_ends_it_all_the_same()
    {
        await using var fixture = await StalledAsync();

        var call = SendAsync(fixture, 300);
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(100));

        (await call.Awaiting(pending => pending).Should().ThrowAsync<ScmTimeoutException>()).Which.Message.Should().Contain("deadline of 100 s");
    }

    [Fact]
    public void A_bound_that_cannot_be_one_is_refused_with_the_limits()
    {
        foreach (var wrong in new[] { TimeSpan.Zero, TimeSpan.FromMilliseconds(9.9), TimeSpan.FromHours(1) + TimeSpan.FromTicks(1), TimeSpan.MinValue, Timeout.InfiniteTimeSpan })
        {
            FluentActions.Invoking(() => Requests.To(HttpMethod.Get) with { AttemptTimeout = wrong })
                .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*10 milliseconds to 1 hour*");
        }

        foreach (var right in new TimeSpan?[] { null, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1) })
        {
            (Requests.To(HttpMethod.Get) with { AttemptTimeout = right }).AttemptTimeout.Should().Be(right);
        }
    }

    private static Task<ClientFixture> StalledAsync() => Resilience.Rows.RowCall.OverAsync(Answers.Stall(), setup =>
    {
        setup.Time = new ManualTimeProvider();
        setup.Client = options => options.Resilience.MaxAttempts = 1;
    });

    private static Task SendAsync(ClientFixture fixture, int seconds) =>
        fixture.Client.SendAsync(Requests.To(HttpMethod.Get) with { AttemptTimeout = TimeSpan.FromSeconds(seconds) }, TestContext.Current.CancellationToken);
}
