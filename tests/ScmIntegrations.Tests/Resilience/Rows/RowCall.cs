using ScmIntegrations.Errors;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience.Rows;

/// <summary>What the tests of the retry table's rows have in common.</summary>
internal static class RowCall
{
    public const string Mint = "/app/installations/7/access_tokens";

    public static readonly string[] Reads = ["GET", "HEAD"];

    public static readonly string[] IdempotentWrites = ["PUT", "DELETE"];

    public static readonly string[] Writes = ["POST", "PATCH"];

    public static readonly string[] Repeatable = [.. Reads, .. IdempotentWrites];

    public static readonly string[] Any = [.. Repeatable, .. Writes];

    /// <summary>Sends a request by every method in a fixture of its own, and hands the error to the check.</summary>
    public static async Task EachAsync(IEnumerable<string> methods, Func<string, Task<ClientFixture>> start, Func<ClientFixture, ScmException, Task> check)
    {
        foreach (var method in methods)
        {
            await using var fixture = await start(method);
            await check(fixture, await FailAsync(() => fixture.SendAsync(new HttpMethod(method))));
        }
    }

    public static Task EachAsync(IEnumerable<string> methods, Func<string, Task<ClientFixture>> start, Action<ClientFixture, ScmException> check) =>
        EachAsync(methods, start, (fixture, error) =>
        {
            check(fixture, error);
            return Task.CompletedTask;
        });

    public static async Task<ScmException> FailAsync(Func<Task> call) => (await call.Should().ThrowAsync<ScmException>()).Which;

    /// <summary>A client over a fake that answers everything the same way.</summary>
    public static async Task<ClientFixture> OverAsync(Testing.Answer answer, Action<ClientSetup>? configure = null)
    {
        var fixture = await ClientFixture.StartAsync(configure);
        fixture.GitHub.WhenAnything().Answer(answer);
        return fixture;
    }

    /// <summary>Checks what the row says of a call that surfaced.</summary>
    public static void ShouldSurface<TException>(this ScmException error, ClientFixture fixture, string row, int requests, bool halts)
        where TException : ScmException
    {
        error.Should().BeOfType<TException>();
        error.Error.Rule.Should().Be(row);
        fixture.GitHub.Requests.Should().HaveCount(requests);
        fixture.CountedOutcomes.Should().Equal("started", halts ? "halted" : "failure");
    }
}
