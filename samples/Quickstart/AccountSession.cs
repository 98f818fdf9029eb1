using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quickstart.Arguments;
using ScmIntegrations.Accounts;
using ScmIntegrations.ToolGateways;

namespace Quickstart;

/// <summary>Accounts at a gateway, in PostgreSQL, or in memory.</summary>
internal sealed class AccountSession : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly bool _isGateway;

    private AccountSession(ServiceProvider services, bool isGateway) => (_services, _isGateway) = (services, isGateway);

    public IConnectedAccounts Accounts => _isGateway ? Gateway.Accounts : _services.GetRequiredService<IConnectedAccounts>();

    public IToolGateway Gateway => _services.GetRequiredService<IToolGateway>();

    public static async Task<AccountSession> OpenAsync(CommandLine line, TextWriter errors, ILoggerProvider? logs, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        if (logs is not null)
        {
            services.AddLogging(logging => logging.AddProvider(logs));
        }

        var integrations = services.AddScmIntegrations();
        if (line.Place.Gateway is { } gateway)
        {
            AddGateway(integrations, gateway);
        }
        else if (line.Place.Database is { } database)
        {
            AddDatabase(integrations, database, await KeyAsync(line.Accounts!, database, errors, cancellationToken));
        }
        else
        {
            await errors.WriteLineAsync($"Neither {OptionTable.ConnectionString} nor {OptionTable.GatewayUrl}: the accounts are in memory, and end with this run.");
            integrations.AddConnectedAccounts();
        }

        return new AccountSession(services.BuildServiceProvider(), line.Place.Gateway is not null);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static void AddGateway(IScmIntegrationsBuilder integrations, GatewayArguments gateway) => integrations.AddScalekit(scalekit =>
    {
        scalekit.Address = gateway.Address;
        scalekit.ClientId = gateway.ClientId;
        scalekit.ClientSecret = gateway.ClientSecret;
    });

    private static void AddDatabase(IScmIntegrationsBuilder integrations, DatabaseArguments database, AccountEncryptionKey key) => integrations
        .AddPostgreSql(database.ConnectionString, options => options.UseAsCache = false)
        .AddConnectedAccounts(accounts => accounts.EncryptionKeys.Add(key));

    /// <summary>The key that was given, or the one in the file. Where there is nothing to encrypt, no file is made: a key that nobody uses will do.</summary>
    private static async Task<AccountEncryptionKey> KeyAsync(AccountArguments accounts, DatabaseArguments database, TextWriter errors, CancellationToken cancellationToken)
    {
        if (database.Key is not null || accounts.Credential is null)
        {
            return database.Key ?? new AccountEncryptionKey("unused", RandomNumberGenerator.GetBytes(AccountEncryptionKey.Length));
        }

        var path = database.KeyFile ?? throw new UsageException($"No key to encrypt credentials with: {DatabaseArguments.KeyWays}.");
        var (key, isNew) = await AccountKeyFile.ReadOrCreateAsync(path, cancellationToken);
        await errors.WriteLineAsync($"Credentials are encrypted with the key in '{path}'{(isNew ? ", made just now. Back it up: what it encrypted, nothing else opens." : ".")}");
        return key;
    }
}
