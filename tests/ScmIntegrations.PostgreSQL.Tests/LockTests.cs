using ScmIntegrations.PostgreSQL.Tests.Server;

namespace ScmIntegrations.PostgreSQL.Tests;

/// <summary>A lock as rows of a real PostgreSQL.</summary>
public sealed class LockTests(PostgreSqlServer server)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_of_many_gets_the_lock()
    {
        await using var database = new SharedDatabase(server.ConnectionString);

        var taken = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Task.Run(() => database.Lock.TryAcquireAsync("tree", $"{number}", Minute, Token))));

        taken.Count(one => one).Should().Be(1);
    }

    [Fact]
    public async Task Who_has_it_may_take_it_again_and_give_it_back_and_nobody_else_may()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        (await database.Lock.TryAcquireAsync("tree", "me", Minute, Token)).Should().BeTrue();
        (await database.Lock.TryAcquireAsync("tree", "me", Minute, Token)).Should().BeTrue();
        (await database.Lock.TryAcquireAsync("tree", "you", Minute, Token)).Should().BeFalse();

        await database.Lock.ReleaseAsync("tree", "you", Token);
        (await database.Lock.TryAcquireAsync("tree", "you", Minute, Token)).Should().BeFalse();
        await database.Lock.ReleaseAsync("tree", "me", Token);

        (await database.Lock.TryAcquireAsync("tree", "you", Minute, Token)).Should().BeTrue();
        (await database.Lock.TryAcquireAsync("other tree", "me", Minute, Token)).Should().BeTrue();
    }

    [Fact]
    public async Task A_lease_that_ran_out_is_free_and_its_late_holder_gives_nothing_back()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        await database.Lock.TryAcquireAsync("tree", "dead", Minute, Token);
        await database.AgeAsync(Minute);

        (await database.Lock.TryAcquireAsync("tree", "me", Minute, Token)).Should().BeTrue();
        await database.Lock.ReleaseAsync("tree", "dead", Token);

        (await database.Lock.TryAcquireAsync("tree", "you", Minute, Token)).Should().BeFalse();
    }

    [Fact]
    public async Task Names_of_any_length_and_kind_are_told_apart()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        string[] names = ["", "a'b\"; DROP TABLE x; --", "nul\0", "\ud800", "\ud801", new string('x', 100_000), new string('x', 100_001)];

        foreach (var name in names)
        {
            (await database.Lock.TryAcquireAsync(name, "me", Minute, Token)).Should().BeTrue();
        }

        (await database.Lock.TryAcquireAsync(names[5], "you", Minute, Token)).Should().BeFalse();
    }

    [Fact]
    public async Task A_time_to_live_that_is_none_is_refused()
    {
        await using var database = new SharedDatabase(server.ConnectionString);

        await FluentActions.Awaiting(() => database.Lock.TryAcquireAsync("tree", "me", TimeSpan.Zero, Token)).Should().ThrowAsync<ArgumentOutOfRangeException>();
    }
}
