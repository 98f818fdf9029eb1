using Microsoft.Extensions.Caching.Distributed;
using ScmIntegrations.PostgreSQL.Tests.Server;

namespace ScmIntegrations.PostgreSQL.Tests;

/// <summary>A distributed cache in a table of a real PostgreSQL.</summary>
public sealed class CacheTests(PostgreSqlServer server)
{
    private static readonly byte[] Value = [0, 1, 2, 255];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_set_is_got_and_replaced_and_removed()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        await SetAsync(database, new());
        (await GetAsync(database)).Should().Equal(Value);

        await database.Cache.SetAsync("key", [], new(), Token);
        (await GetAsync(database)).Should().BeEmpty();
        (await database.Cache.GetAsync("Key", Token)).Should().BeNull();

        await database.Cache.RemoveAsync("key", Token);
        (await GetAsync(database)).Should().BeNull();
    }

    [Fact]
    public async Task A_large_value_under_a_long_key_comes_back()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        var large = new byte[16 * 1024 * 1024];
        new Random(1).NextBytes(large);
        var key = new string('k', 100_000) + "\0";

        await database.Cache.SetAsync(key, large, new(), Token);

        (await database.Cache.GetAsync(key, Token)).AsSpan().SequenceEqual(large).Should().BeTrue();
    }

    [Fact]
    public async Task An_absolute_expiration_is_one()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        await SetAsync(database, new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) });
        await database.AgeAsync(TimeSpan.FromMinutes(9));
        (await GetAsync(database)).Should().NotBeNull();
        await database.AgeAsync(TimeSpan.FromMinutes(1));

        (await GetAsync(database)).Should().BeNull();
    }

    [Fact]
    public async Task A_time_by_the_clock_of_the_instance_is_taken_for_the_time_until_then()
    {
        // The manual clock stands in January 2026, years from the database's.
        await using var database = new SharedDatabase(server.ConnectionString);
        await SetAsync(database, new() { AbsoluteExpiration = database.Time.GetUtcNow().AddMinutes(10) });
        (await GetAsync(database)).Should().NotBeNull();
        await database.AgeAsync(TimeSpan.FromMinutes(10));

        (await GetAsync(database)).Should().BeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sliding_expiration_moves_with_every_use(bool isRefresh)
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        await SetAsync(database, new() { SlidingExpiration = TimeSpan.FromMinutes(10) });
        for (var use = 0; use < 3; use++)
        {
            await database.AgeAsync(TimeSpan.FromMinutes(9));
            if (isRefresh)
            {
                await database.Cache.RefreshAsync("key", Token);
            }
            else
            {
                (await GetAsync(database)).Should().NotBeNull();
            }
        }

        await database.AgeAsync(TimeSpan.FromMinutes(10));
        await database.Cache.RefreshAsync("key", Token);

        (await GetAsync(database)).Should().BeNull("what has expired does not come back");
    }

    [Fact]
    public async Task A_sliding_expiration_does_not_move_beyond_the_absolute_one()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        await SetAsync(database, new() { SlidingExpiration = TimeSpan.FromMinutes(10), AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(15) });
        await database.AgeAsync(TimeSpan.FromMinutes(9));
        (await GetAsync(database)).Should().NotBeNull();
        await database.AgeAsync(TimeSpan.FromMinutes(6));

        (await GetAsync(database)).Should().BeNull();
    }

    [Fact]
    public async Task A_lifetime_of_ages_is_for_ever()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        await SetAsync(database, new() { AbsoluteExpirationRelativeToNow = TimeSpan.MaxValue });

        (await GetAsync(database)).Should().NotBeNull();
        (await database.ScalarAsync("SELECT expires_at = 'infinity' FROM {schema}.cache")).Should().Be(true);
    }

    [Fact]
    public async Task A_time_in_the_past_is_refused()
    {
        await using var database = new SharedDatabase(server.ConnectionString);

        await FluentActions.Awaiting(() => SetAsync(database, new() { AbsoluteExpiration = database.Time.GetUtcNow() })).Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task What_has_expired_is_removed_in_batches_when_something_is_written()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        await SetAsync(database, new());
        await database.ScalarAsync("INSERT INTO {schema}.cache SELECT decode(to_hex(n), 'escape'), '', now() FROM generate_series(1, 2500) n");
        await database.ScalarAsync("INSERT INTO {schema}.cooldown SELECT 'h', 'c', n::text, now() FROM generate_series(1, 20) n");
        await database.ScalarAsync("INSERT INTO {schema}.lease SELECT n::text, 'o', now() FROM generate_series(1, 20) n");
        await SetAsync(database, new());
        (await CountAsync(database, "cache")).Should().Be(2501, "it looked a moment ago");

        database.Time.Advance(TimeSpan.FromMinutes(1));
        await SetAsync(database, new());
        (await CountAsync(database, "cache")).Should().Be(1501);
        (await CountAsync(database, "cooldown")).Should().Be(0);
        (await CountAsync(database, "lease")).Should().Be(0);
        await SetAsync(database, new());
        await SetAsync(database, new());

        (await CountAsync(database, "cache")).Should().Be(1, "a full batch is followed by the next");
        (await GetAsync(database)).Should().Equal(Value);
    }

    private static Task SetAsync(SharedDatabase database, DistributedCacheEntryOptions options) => database.Cache.SetAsync("key", Value, options, Token);

    private static Task<byte[]?> GetAsync(SharedDatabase database) => database.Cache.GetAsync("key", Token);

    private static async Task<long> CountAsync(SharedDatabase database, string table) => (long)(await database.ScalarAsync($"SELECT count(*) FROM {{schema}}.{table}"))!;
}
