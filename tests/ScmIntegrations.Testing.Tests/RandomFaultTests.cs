namespace ScmIntegrations.Testing.Tests;

public sealed class RandomFaultTests
{
    private static readonly RandomFaults All = new()
    {
        Reset = 0.1,
        ResetWithinBody = 0.1,
        Stall = 0.05,
        Slow = 0.05,
        InternalServerError = 0.1,
        BadGateway = 0.1,
        ServiceUnavailable = 0.1,
        Html = 0.05,
        TruncatedBody = 0.05,
        PrimaryRateLimit = 0.05,
        SecondaryRateLimit = 0.05,
    };

    [Fact]
    public async Task The_same_seed_draws_the_same_whatever_the_order()
    {
        var forward = await DrawAsync(seed: 7, Enumerable.Range(0, 200));
        var backward = await DrawAsync(seed: 7, Enumerable.Range(0, 200).Reverse());
        var other = await DrawAsync(seed: 8, Enumerable.Range(0, 200));

        backward.Should().BeEquivalentTo(forward);
        other.Should().NotBeEquivalentTo(forward);
    }

    [Fact]
    public async Task Each_kind_comes_about_as_often_as_it_is_likely()
    {
        var drawn = await DrawAsync(seed: 3, Enumerable.Range(0, 2000));

        var counts = drawn.Values.CountBy(name => name).ToDictionary();
        foreach (var (name, probability, _) in new[]
        {
            (nameof(All.InternalServerError), All.InternalServerError, 0), (nameof(All.BadGateway), All.BadGateway, 0), (nameof(All.ServiceUnavailable), All.ServiceUnavailable, 0),
            (nameof(All.Html), All.Html, 0), (nameof(All.PrimaryRateLimit), All.PrimaryRateLimit, 0), (nameof(All.SecondaryRateLimit), All.SecondaryRateLimit, 0),
            (nameof(All.TruncatedBody), All.TruncatedBody, 0), ("broken", All.Reset, 0), ("", 0.4, 0),
        })
        {
            counts[name].Should().BeInRange((int)(probability * 2000 * 0.6), (int)(probability * 2000 * 1.5), name);
        }
    }

    [Fact]
    public async Task The_same_request_draws_anew_each_time_it_is_asked()
    {
        await using var fake = FakeGitHub.InMemory(options => options.RequireCredentials = false);
        using var client = fake.CreateClient();
        var fault = fake.Faults.AddRandom(seed: 1, new RandomFaults { BadGateway = 0.5 });
        var statuses = new List<int>();
        for (var asked = 0; asked < 40; asked++)
        {
            using var response = await client.GetAsync("rate_limit", Http.Cancellation);
            statuses.Add((int)response.StatusCode);
            response.Header("X-Random-Fault").Should().Be(statuses[^1] == 502 ? "BadGateway; seed=1" : "");
        }

        statuses.Count(status => status == 502).Should().BeInRange(8, 32).And.Be(fault.Hits);
        fault.ToString().Should().Contain("seed 1");
        fake.VerifyAllCalled();
    }

    [Fact]
    public async Task It_goes_together_with_conditions_and_counts()
    {
        await using var fake = FakeGitHub.InMemory(options => options.RequireCredentials = false);
        using var client = fake.CreateClient();
        fake.When(HttpMethod.Get, "/rate_limit").AfterRequests(1).AnswerAtRandom(5, new RandomFaults { ServiceUnavailable = 1 });
        using var first = await client.GetAsync("rate_limit", Http.Cancellation);
        using var second = await client.GetAsync("rate_limit", Http.Cancellation);

        ((int)first.StatusCode, (int)second.StatusCode).Should().Be((200, 503));
    }

    [Theory]
    [InlineData(-0.1, 0, "Reset is -0.1")]
    [InlineData(1.5, 0, "Reset is 1.5")]
    [InlineData(double.NaN, 0, "Reset is NaN")]
    [InlineData(0.6, 0.5, "come to 1.1 together")]
    public void What_is_no_probability_is_refused(double reset, double stall, string says)
    {
        var fake = FakeGitHub.InMemory();

        fake.Invoking(each => each.Faults.AddRandom(1, new RandomFaults { Reset = reset, Stall = stall })).Should().Throw<ArgumentException>().WithMessage($"*{says}*");
    }

    /// <summary>What each path meets: the fault's name, <c>broken</c> for a connection that breaks, nothing for the fake's own answer.</summary>
    private static async Task<Dictionary<int, string>> DrawAsync(int seed, IEnumerable<int> paths)
    {
        await using var fake = FakeGitHub.InMemory(options => options.RequireCredentials = false);
        using var client = fake.CreateClient();
        fake.Faults.AddRandom(seed, All with { Stall = 0, Slow = 0, ResetWithinBody = 0 });
        var met = new Dictionary<int, string>();
        foreach (var path in paths)
        {
            try
            {
                using var response = await client.GetAsync($"rate_limit?{path}", Http.Cancellation);
                met[path] = response.Header("X-Random-Fault").Split(';')[0];
            }
            catch (HttpRequestException)
            {
                met[path] = "broken";
            }
        }

        return met;
    }
}
