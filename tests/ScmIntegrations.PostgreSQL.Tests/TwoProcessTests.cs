using Microsoft.AspNetCore.Http;
using ScmIntegrations.PostgreSQL.Tests.Instances;
using ScmIntegrations.PostgreSQL.Tests.Server;
using ScmIntegrations.Testing;

namespace ScmIntegrations.PostgreSQL.Tests;

/// <summary>Alone, because they measure time.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;

/// <summary>Instances that are processes, over one PostgreSQL and one GitHub.</summary>
[Collection(typeof(Alone))]
public sealed class TwoProcessTests(PostgreSqlServer server) : IAsyncLifetime
{
    private readonly string _schema = PostgreSqlServer.NewSchema();
    private FakeGitHub _gitHub = null!;

    public async ValueTask InitializeAsync()
    {
        _gitHub = await FakeGitHub.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        _gitHub.AddToken(InstanceProgram.Token, "octocat");
        _gitHub.AddRepository("acme/api");
    }

    public ValueTask DisposeAsync() => _gitHub.DisposeAsync();

    [Fact]
    public async Task A_limit_that_one_process_meets_stops_the_other_within_a_second()
    {
        await using var one = Start();
        await using var other = Start();
        (await one.AskAsync("call /repos/acme/api")).Should().Be("ok");
        (await other.AskAsync("call /repos/acme/api")).Should().Be("ok");
        _gitHub.WhenAnything().Once().Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(10)));

        (await one.AskAsync("call /repos/acme/api")).Should().StartWith("GitHub");
        var (metAt, sent) = (TimeProvider.System.GetTimestamp(), 0);
        string answer;
        while ((answer = await other.AskAsync("call /repos/acme/api")) is "ok")
        {
            sent++;
        }

        answer.Should().StartWith("Client Not sent: another instance of this application has met the limit");
        TimeProvider.System.GetElapsedTime(metAt).Should().BeLessThan(TimeSpan.FromSeconds(1));
        var requests = _gitHub.Requests.Count;
        (await other.AskAsync("call /search/issues?q=x")).Should().StartWith("Client Not sent: another instance");
        _gitHub.Requests.Should().HaveCount(requests);
        TestContext.Current.SendDiagnosticMessage("stopped after {0} ms and {1} calls", TimeProvider.System.GetElapsedTime(metAt).TotalMilliseconds, sent);
    }

    [Fact]
    public async Task Callers_in_two_processes_fetch_once()
    {
        var count = 0;
        _gitHub.When(HttpMethod.Get, "/counter").Answer(Answers.Custom(async (context, token) =>
        {
            // Long enough that every caller of both processes is there before the first answer.
            var number = Interlocked.Increment(ref count);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, token);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync($"{number}", token);
        }));
        await using var one = Start();
        await using var other = Start();
        await WarmUpAsync(one, other);

        var values = await Task.WhenAll(one.AskAsync("refresh key 500"), other.AskAsync("refresh key 500"));

        values.Should().Equal("1", "1");
        count.Should().Be(1);
    }

    [Fact]
    public async Task A_cold_tree_that_two_processes_want_is_read_once()
    {
        var tree = FakeTree.Generate(500);
        _gitHub.AddRepository("acme/tree", repository => repository.Tree = tree);

        // Long enough that every caller of both processes is there before the answer.
        _gitHub.When(HttpMethod.Get, "/repos/acme/tree/git/trees/{sha}").Answer(Answers.Real().After(TimeSpan.FromSeconds(1)));
        await using var one = Start();
        await using var other = Start();
        await WarmUpAsync(one, other);

        var read = await Task.WhenAll(one.AskAsync("tree acme/tree 1000"), other.AskAsync("tree acme/tree 1000"));

        read.Should().Equal($"{tree.CommitId}:500", $"{tree.CommitId}:500");
        _gitHub.Count(HttpMethod.Get, "/repos/acme/tree/git/trees/{sha}").Should().Be(1);
    }

    [Fact]
    public async Task A_lock_heals_within_its_time_to_live_when_its_holder_is_killed()
    {
        await using var database = new SharedDatabase(server.ConnectionString, _schema);
        await using var holder = Start();
        (await holder.AskAsync("hold tree 2")).Should().Be("held");
        var heldAt = TimeProvider.System.GetTimestamp();
        (await database.Lock.TryAcquireAsync("tree", "me", TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken)).Should().BeFalse();

        await holder.KillAsync();
        while (!await database.Lock.TryAcquireAsync("tree", "me", TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken))
        {
            await Task.Yield();
        }

        TimeProvider.System.GetElapsedTime(heldAt).Should().BeCloseTo(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
    }

    /// <summary>A process that has just started compiles its way through its first calls; that takes longer than a call may wait for a store.</summary>
    private static async Task WarmUpAsync(params Instance[] instances)
    {
        foreach (var instance in instances)
        {
            await instance.AskAsync("call /repos/acme/api");
            await instance.AskAsync("warm up");
        }
    }

    private Instance Start() => Instance.Start(server.ConnectionString, _schema, _gitHub.Address);
}
