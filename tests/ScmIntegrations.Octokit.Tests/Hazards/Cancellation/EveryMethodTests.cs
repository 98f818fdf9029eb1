using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Octokit.Tests.Infrastructure;

namespace ScmIntegrations.Octokit.Tests.Hazards.Cancellation;

/// <summary>None of the methods that take no token ignores the token of <c>RunAsync</c>.</summary>
public sealed class EveryMethodTests
{
    // They compute something here, and send nothing.
    private static readonly string[] Local = ["SetRequestTimeout", "GetLastApiInfo", "GetGitHubLoginUrl"];

    // Octokit itself builds no request of any argument of theirs, or they take an address of their own, for which there are other tests.
    private static readonly string[] Unsendable =
        ["Authorization.Create(NewAuthorization newAuthorization, String", "Codespaces.GetAvailableMachinesForRepo(", "Repository.Release.UploadAsset(", "Connection.Post(Uri uri, Object body, String accepts, String contentType, Uri baseAddress"];

    [Fact]
    public async Task Every_method_ends_with_the_callers_token_while_its_request_is_under_way()
    {
        var reached = new TaskCompletionSource();
        await using var fixture = await OctokitFixture.StartAsync(setup =>
        {
            setup.Client = options => (options.RateLimits.WritesPerSecond, options.RateLimits.WriteBurst) = (1000, 1_000_000);
            setup.HttpClient = http => http.ConfigurePrimaryHttpMessageHandler(() => new InterceptingHandler(async (_, cancellationToken) =>
            {
                reached.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                throw new InvalidOperationException("A delay without an end has ended.");
            }));
        });
        var wrong = new List<string>();
        foreach (var method in OctokitMethod.All.Where(method => !Local.Contains(method.Method.Name, StringComparer.Ordinal) && !Unsendable.Any($"{method}".StartsWith)))
        {
            reached = new TaskCompletionSource();
            using var caller = new CancellationTokenSource();

            var call = Record.ExceptionAsync(() => fixture.RunAsync(octokit => method.CallAsync(octokit), caller.Token)).AsTask();
            await Task.WhenAny(reached.Task, call);
            await caller.CancelAsync();

            var error = await call.WaitAsync(TestContext.Current.CancellationToken);
            if (!reached.Task.IsCompleted || (error as OperationCanceledException)?.CancellationToken != caller.Token)
            {
                wrong.Add($"{method}: {(reached.Task.IsCompleted ? "sent" : "not sent")}, {error?.GetType().Name} {error?.Message}");
            }
        }

        OctokitMethod.All.Should().HaveCountGreaterThan(1000, "the walk has to find Octokit's methods");
        wrong.Should().BeEmpty();
    }
}
