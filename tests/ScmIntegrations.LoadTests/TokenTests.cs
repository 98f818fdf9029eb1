using System.Security.Cryptography;
using ScmIntegrations.GitHub;
using ScmIntegrations.LoadTests.Running;
using ScmIntegrations.Testing;

namespace ScmIntegrations.LoadTests;

/// <summary>What a thousand calls do about a token that ends, or is refused, under them.</summary>
public sealed class TokenTests(LoadReport report)
{
    private const int Calls = 1_000;
    private const long InstallationId = 7;
    private const string ClientId = "Iv23liLoad";
    private const string Mints = "/app/installations/{id}/access_tokens";
    private const string Things = "/things/{number}";

    private static readonly RSA Key = RSA.Create(2048);
    private static readonly string PrivateKey = Key.ExportRSAPrivateKeyPem();
    private static readonly TimeSpan Latency = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    public Task A_token_that_has_ended_is_renewed_once_and_never_sent_again(int atATime) => VirtualTime.OnPoolAsync(async () =>
    {
        await using var gitHub = NewGitHub();
        await using var client = NewClient(gitHub, atATime);
        await client.GitHub.SendAsync(Thing(0));
        var ended = gitHub.Find(HttpMethod.Get, Things)[0].Token;
        gitHub.When(HttpMethod.Post, Mints).Answer(Answers.Real().After(Latency));
        _time.Advance(TimeSpan.FromHours(1));
        gitHub.ClearRequests();

        await _time.RunAsync(Task.WhenAll(Callers.Start(Calls, number => SendAsync(client, number))));

        var mints = gitHub.Count(HttpMethod.Post, Mints);
        var sent = gitHub.Find(HttpMethod.Get, Things);
        var withOld = sent.Count(request => string.Equals(request.Token, ended, StringComparison.Ordinal));
        report.Add(4, $"token expiry with {Calls:N0} in flight, {atATime} requests at a time", "1 mint; 0 requests with the expired token after it returns", $"{mints} mint, {withOld} of {sent.Count:N0} requests with the expired token");
        mints.Should().Be(1);
        withOld.Should().Be(0);
        sent.Should().HaveCount(Calls).And.OnlyContain(request => request.Status == 204);
    });

    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    public Task A_token_that_all_calls_are_refused_with_is_renewed_once(int atATime) => VirtualTime.OnPoolAsync(async () =>
    {
        await using var gitHub = NewGitHub();
        await using var client = NewClient(gitHub, atATime);
        await client.GitHub.SendAsync(Thing(0));
        var refused = gitHub.Find(HttpMethod.Get, Things)[0].Token;

        // Half of the refusals come when the new token has long been there.
        gitHub.Faults.Clear();
        gitHub.When(request => string.Equals(request.Token, refused, StringComparison.Ordinal)).AnswerInTurn(Answers.BadCredentials().After(Latency), Answers.BadCredentials().After(5 * Latency));
        gitHub.When(HttpMethod.Post, Mints).Answer(Answers.Real().After(Latency));
        gitHub.When(HttpMethod.Get, Things).Answer(Answers.Text(204));
        gitHub.ClearRequests();

        await _time.RunAsync(Task.WhenAll(Callers.Start(Calls, number => SendAsync(client, number))));

        var mints = gitHub.Count(HttpMethod.Post, Mints);
        var sent = gitHub.Find(HttpMethod.Get, Things);
        report.Add(
            5,
            $"401 storm of {Calls:N0} calls, {atATime} requests at a time, half of the 401s late",
            "1 refresh; at most 2,000 calls",
            $"{mints} refresh, {sent.Count:N0} calls, {sent.Count(request => request.Status is 401):N0} of them refused");
        mints.Should().Be(1);
        sent.Should().HaveCountLessThanOrEqualTo(2 * Calls);
        sent.Count(request => request.Status is 204).Should().Be(Calls);
    });

    private static GitHubRequest Thing(int number) => GitHubRequest.Get("/things/{number}", $"{number}");

    private static async Task<bool> SendAsync(LoadClient client, int number)
    {
        await client.GitHub.SendAsync(Thing(number));
        return true;
    }

    private LoadClient NewClient(FakeGitHub gitHub, int atATime) => new(gitHub, _time, options =>
    {
        options.UseInstallation(ClientId, PrivateKey, InstallationId);
        options.RateLimits.MaxConcurrency = atATime;
    });

    private FakeGitHub NewGitHub()
    {
        var gitHub = FakeGitHub.InMemory(options => options.TimeProvider = _time);
        gitHub.AddInstallation(gitHub.AddApp(1, ClientId, PrivateKey), InstallationId, "acme");
        gitHub.When(HttpMethod.Get, Things).Answer(Answers.Text(204));
        return gitHub;
    }
}
