using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.Caching;
using ScmIntegrations.PostgreSQL;
using ScmIntegrations.PostgreSQL.Accounts;
using ScmIntegrations.PostgreSQL.Schema;
using ScmIntegrations.Resilience;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets several instances of an application share what they know, in PostgreSQL.</summary>
public static class PostgreSqlBuilderExtensions
{
    // A key of its own, so that it never takes the place of the application's distributed cache.
    private const string CacheKey = "ScmIntegrations.PostgreSQL";

    /// <summary>
    /// Shares, in a database of PostgreSQL 12 or later: the second level of caches, the cool-downs of rate limits, and the lock
    /// by which one instance fetches for all. A database that is down costs a call 250 ms at most and never fails it. Connected
    /// accounts are kept here too, unless the application registers a store of its own; without the database they cannot be had.
    /// </summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="connectionString">Where the database is, in Npgsql's form. It is never printed.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The connection string cannot be read, or the schema's name is none.</exception>
    public static IScmIntegrationsBuilder AddPostgreSql(this IScmIntegrationsBuilder builder, string connectionString, Action<PostgreSqlOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        Check(connectionString);
        return builder.AddPostgreSql(_ => NpgsqlDataSource.Create(connectionString), ownsDataSource: true, configure);
    }

    /// <summary>Shares the same in a database whose connections the application makes itself, with its own certificates or passwords that change.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="dataSource">Gives connections. It stays the application's, which disposes of it.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The schema's name is none.</exception>
    public static IScmIntegrationsBuilder AddPostgreSql(this IScmIntegrationsBuilder builder, NpgsqlDataSource dataSource, Action<PostgreSqlOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return builder.AddPostgreSql(_ => dataSource, ownsDataSource: false, configure);
    }

    private static IScmIntegrationsBuilder AddPostgreSql(
        this IScmIntegrationsBuilder builder,
        Func<IServiceProvider, NpgsqlDataSource> dataSource,
        bool ownsDataSource,
        Action<PostgreSqlOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new PostgreSqlOptions();
        configure?.Invoke(options);
        var schema = new SchemaName(options.Schema);
        var services = builder.Services;
        services.Replace(ServiceDescriptor.Singleton(provider => new PostgreSqlDatabase(dataSource(provider), schema, ownsDataSource).Prepare()));
        services.TryAddSingleton(static provider => new ExpiredRows(provider.GetRequiredService<PostgreSqlDatabase>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ICooldownStore>(static provider =>
            new PostgreSqlCooldownStore(provider.GetRequiredService<PostgreSqlDatabase>(), provider.GetRequiredService<ExpiredRows>()));
        services.TryAddSingleton<IRefreshLock>(static provider =>
            new PostgreSqlRefreshLock(provider.GetRequiredService<PostgreSqlDatabase>(), provider.GetRequiredService<ExpiredRows>()));
        services.TryAddSingleton<IAccountStore>(static provider => new PostgreSqlAccountStore(provider.GetRequiredService<PostgreSqlDatabase>()));
        services.TryAddKeyedSingleton<IDistributedCache>(CacheKey, static (provider, _) => new PostgreSqlCache(
            provider.GetRequiredService<PostgreSqlDatabase>(), provider.GetRequiredService<ExpiredRows>(), provider.GetRequiredService<TimeProvider>()));
        return options.UseAsCache ? builder.UseDistributedCache(CacheKey) : builder;
    }

    /// <summary>Reads the connection string now, so that a mistake is met at the start; and tells of it without its words, one of which is the password.</summary>
    private static void Check(string connectionString)
    {
        if (!CanRead(connectionString))
        {
            throw new ArgumentException("The connection string cannot be read; it has a host and the form Host=…;Database=…;Username=…;Password=….", nameof(connectionString));
        }
    }

    private static bool CanRead(string connectionString)
    {
        try
        {
            return !string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(connectionString).Host);
        }
        catch (Exception)
        {
            return false;
        }
    }
}
