using Quickstart;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Quickstart.Tests;

public sealed class StreamingTests
{
    [Fact(Timeout = 30_000)]
    public async Task Line_is_out_while_another_repository_is_still_awaited_and_cancelling_exits_130()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md");
        acme.Add("slow", "README.md");
        acme.Server.When(HttpMethod.Get, "/repos/acme/slow/git/trees/{sha}").Answer(Answers.Stall());
        await using var output = new FlushedWriter();
        await using var errors = new StringWriter();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var run = QuickstartApp.RunAsync(
            ["scan", "--json", "--token", Organization.Token, "--api-url", acme.Server.Address.AbsoluteUri], output, errors, _ => null, cancellation.Token);
        var first = await output.FirstFlush.WaitAsync(TestContext.Current.CancellationToken);
        run.IsCompleted.Should().BeFalse();
        await cancellation.CancelAsync();

        (await run).Should().Be(130);
        first.Should().StartWith("""{"type":"repository","pass":1,"repository":"acme/api",""").And.EndWith("}\n");
        output.ToString().Should().Be(first);
        errors.ToString().Should().Contain("Cancelled.");
    }

    [Fact(Timeout = 30_000)]
    public async Task Listing_is_out_page_by_page()
    {
        await using var acme = await Organization.StartAsync(options => options.PageSizeCap = 2);
        foreach (var name in "abc")
        {
            acme.Add(name.ToString());
        }

        acme.Server.When(request => request.Query.Contains("page=2", StringComparison.Ordinal)).Answer(Answers.Stall());
        await using var output = new FlushedWriter();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var run = QuickstartApp.RunAsync(
            ["repos", "--json", "--token", Organization.Token, "--api-url", acme.Server.Address.AbsoluteUri], output, TextWriter.Null, _ => null, cancellation.Token);
        await acme.Server.WaitForRequestsAsync(2, TestContext.Current.CancellationToken);
        var flushes = output.Flushes;
        await cancellation.CancelAsync();

        (await run).Should().Be(130);
        flushes.Should().Be(2);
    }

    /// <summary>Tells when text has been handed on.</summary>
    private sealed class FlushedWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _flushes;

        public Task<string> FirstFlush => _first.Task;

        public int Flushes => Volatile.Read(ref _flushes);

        public override Task FlushAsync()
        {
            Interlocked.Increment(ref _flushes);
            _first.TrySetResult(ToString());
            return Task.CompletedTask;
        }
    }
}
