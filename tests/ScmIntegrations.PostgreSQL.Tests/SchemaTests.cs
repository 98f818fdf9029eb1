using Npgsql;
using ScmIntegrations.PostgreSQL.Schema;
using ScmIntegrations.PostgreSQL.Tests.Server;

namespace ScmIntegrations.PostgreSQL.Tests;

/// <summary>The schema makes itself, once, however many instances start.</summary>
public sealed class SchemaTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_instances_that_start_at_once_make_it_together()
    {
        var schema = PostgreSqlServer.NewSchema();
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => SchemaUpgrade.RunAsync(source, new SchemaName(schema), Token))));

        await using var database = new SharedDatabase(server.ConnectionString, schema);
        (await database.ScalarAsync("SELECT string_agg(script, ' ' ORDER BY version) FROM {schema}.schema_version")).Should().Be("001_shared_stores.sql 002_connected_accounts.sql");
    }

    [Fact]
    public async Task An_older_schema_is_upgraded_and_keeps_its_rows()
    {
        var name = new SchemaName(PostgreSqlServer.NewSchema());
        await using var database = new SharedDatabase(server.ConnectionString, name.Name);
        await database.Lock.TryAcquireAsync("tree", "me", TimeSpan.FromMinutes(1), Token);
        var next = new SchemaScript(SchemaScript.ReadAll().Count + 1, "999_note.sql", "ALTER TABLE {schema}.lease ADD COLUMN note text; CREATE INDEX ON {schema}.lease (note)");
        IReadOnlyList<SchemaScript> scripts = [.. SchemaScript.ReadAll(), next];

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => SchemaUpgrade.RunAsync(database.DataSource, name, scripts, Token))));

        (await database.ScalarAsync("SELECT max(version) FROM {schema}.schema_version")).Should().Be(next.Version);
        (await database.ScalarAsync("SELECT owner FROM {schema}.lease WHERE note IS NULL")).Should().Be("me");
        await SchemaUpgrade.RunAsync(database.DataSource, name, Token);
        (await database.Lock.TryAcquireAsync("tree", "you", TimeSpan.FromMinutes(1), Token)).Should().BeFalse("an older instance goes on with a newer schema");
    }

    [Fact]
    public async Task A_script_that_fails_leaves_nothing_behind()
    {
        var name = new SchemaName(PostgreSqlServer.NewSchema());
        await using var database = new SharedDatabase(server.ConnectionString, name.Name);
        IReadOnlyList<SchemaScript> scripts = [.. SchemaScript.ReadAll(), new(SchemaScript.ReadAll().Count + 1, "999_wrong.sql", "CREATE TABLE {schema}.half (a int); SELECT 1/0")];

        await FluentActions.Awaiting(() => SchemaUpgrade.RunAsync(database.DataSource, name, scripts, Token)).Should().ThrowAsync<PostgresException>();

        (await database.ScalarAsync("SELECT to_regnamespace('{schema}') IS NULL")).Should().Be(true);
        (await database.Lock.TryAcquireAsync("tree", "me", TimeSpan.FromMinutes(1), Token)).Should().BeTrue();
    }

    [Fact]
    public async Task Who_may_not_create_uses_what_is_there()
    {
        var schema = PostgreSqlServer.NewSchema();
        await using var owner = new SharedDatabase(server.ConnectionString, schema);
        await owner.Lock.TryAcquireAsync("tree", "owner", TimeSpan.FromMinutes(1), Token);
        await owner.ScalarAsync($"CREATE ROLE {schema}_reader LOGIN; GRANT USAGE ON SCHEMA {{schema}} TO {schema}_reader; "
            + $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {{schema}} TO {schema}_reader");
        var asReader = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Username = $"{schema}_reader" };

        await using var reader = new SharedDatabase(asReader.ConnectionString, schema);

        (await reader.Lock.TryAcquireAsync("tree", "reader", TimeSpan.FromMinutes(1), Token)).Should().BeFalse();
    }

    [Fact]
    public async Task Schemas_are_apart()
    {
        await using var one = new SharedDatabase(server.ConnectionString);
        await using var other = new SharedDatabase(server.ConnectionString, "select");

        (await one.Lock.TryAcquireAsync("tree", "one", TimeSpan.FromMinutes(1), Token)).Should().BeTrue();
        (await other.Lock.TryAcquireAsync("tree", "other", TimeSpan.FromMinutes(1), Token)).Should().BeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("1st")]
    [InlineData("pg_mine")]
    [InlineData("a\"; DROP TABLE x; --")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a123456789b123456789c123456789d123456789e123456789f123456789g123")]
    public void What_is_no_name_is_refused_with_its_words(string name) =>
        FluentActions.Invoking(() => new SchemaName(name)).Should().Throw<ArgumentException>().WithMessage($"The schema is '{name}'; its name has 1 to 63 characters*");

    [Fact]
    public void Scripts_are_numbered_without_gaps() =>
        SchemaScript.ReadAll().Select(script => script.Version).Should().Equal(Enumerable.Range(1, SchemaScript.ReadAll().Count));
}
