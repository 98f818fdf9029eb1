using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Accounts;
using ScmIntegrations.Caching;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Resilience.Sharing;

namespace ScmIntegrations.PostgreSQL.Tests.Instances;

/// <summary>What runs in the other process: a client as an application would register it, and the shared stores below it.</summary>
internal sealed class InstanceProgram(IServiceProvider services)
{
    public const string ConnectionString = "SCM_TEST_DATABASE";
    public const string Schema = "SCM_TEST_SCHEMA";
    public const string GitHub = "SCM_TEST_GITHUB";
    public const string Token = "ghp_TheTokenOfManyInstances0123456789";

    public const string ClientId = "Iv23liInstances";
    public const string ClientSecret = "s3cr3t";

    /// <summary>The same in all processes, as an application's configuration would have it.</summary>
    public static readonly AccountEncryptionKey EncryptionKey = new("test", SHA256.HashData("instances"u8));

    private static readonly JsonTypeInfo<JsonElement> AnyJson = (JsonTypeInfo<JsonElement>)JsonSerializerOptions.Default.GetTypeInfo(typeof(JsonElement));

    private readonly IGitHubIntegrationClient _client = services.GetRequiredService<IGitHubIntegrationClient>();
    private readonly SharedStores _shared = services.GetRequiredService<SharedStores>();
    private readonly SingleFlight<string, string> _flights = new();

    public static async Task<int> RunAsync()
    {
        var services = new ServiceCollection();
        Register(services, Of(ConnectionString), Of(Schema), new Uri(Of(GitHub)));
        await using var provider = services.BuildServiceProvider();
        var program = new InstanceProgram(provider);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Console.WriteLine(await program.AnswerAsync(line.Split(' ')));
        }

        return 0;
    }

    private static void Register(IServiceCollection services, string connectionString, string schema, Uri address)
    {
        // snippet:postgresql
        services.AddScmIntegrations()
                .AddPostgreSql(connectionString, postgreSql => postgreSql.Schema = schema)
                .AddGitHub(gitHub =>
                {
                    gitHub.ApiAddress = address;
                    gitHub.UseToken(Token);
                });
        // end-snippet
        services.AddScmIntegrations()
                .AddConnectedAccounts(accounts => accounts.EncryptionKeys.Add(EncryptionKey))
                .AddGitHubUserTokens(userTokens =>
                {
                    userTokens.ClientId = ClientId;
                    userTokens.ClientSecret = ClientSecret;
                    userTokens.WebAddress = address;
                });
    }

    private static string Of(string variable) => Environment.GetEnvironmentVariable(variable)!;

    private async Task<string> AnswerAsync(string[] words)
    {
        try
        {
            return words switch
            {
                ["call", var path] => await CallAsync(path),
                ["warm", "up"] => await WarmUpAsync(),
                ["refresh", var key, var callers] => await RefreshAsync(key, int.Parse(callers, CultureInfo.InvariantCulture)),
                ["tree", var repository, var callers] => await TreesAsync(repository, int.Parse(callers, CultureInfo.InvariantCulture)),
                ["upsert", var identifier, var callers] => await UpsertAsync(identifier, int.Parse(callers, CultureInfo.InvariantCulture)),
                ["tokens", var identifier, var callers] => await TokensAsync(identifier, int.Parse(callers, CultureInfo.InvariantCulture)),
                ["hold", var name, var seconds] => await HoldAsync(name, int.Parse(seconds, CultureInfo.InvariantCulture)),
                _ => "what?",
            };
        }
        catch (ScmException exception)
        {
            return $"{exception.Origin} {exception.Message}";
        }
        catch (Exception exception)
        {
            return exception.ToString().ReplaceLineEndings(" ");
        }
    }

    /// <summary>Asks every store once, however long it takes.</summary>
    private async Task<string> WarmUpAsync()
    {
        var locks = services.GetRequiredService<IRefreshLock>();
        await locks.TryAcquireAsync("warm up", "me", TimeSpan.FromSeconds(1));
        await locks.ReleaseAsync("warm up", "me");
        var key = SecondLevelKey.Of("test", "host", "me", Guid.NewGuid().ToString());
        await _shared.SecondLevel!.Set(key, () => new byte[1], default, default, TimeSpan.FromMinutes(1));
        var answer = await _shared.SecondLevel!.FindAsync(key, StoreBudget.Behind(), CancellationToken.None);
        return answer.Value is null ? "cold" : "warm";
    }

    private async Task<string> CallAsync(string path)
    {
        await _client.SendAsync(GitHubRequest.Get(path));
        return "ok";
    }

    /// <summary>Callers that all want the same, as callers of one tree do: one flight a process, one fetch among all.</summary>
    private async Task<string> RefreshAsync(string key, int callers)
    {
        var shared = SecondLevelKey.Of("test", "host", "me", key);
        var values = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => _flights.RunAsync(
            key,
            token => _shared.Refresh!.RunAsync(
                shared, FindAsync, async fetchToken =>
                {
                    var value = (await _client.SendAsync(GitHubRequest.Get("/counter"), AnyJson, fetchToken)).GetRawText();
                    return new Refreshed<string>(value, _shared.SecondLevel!.Set(shared, () => Encoding.UTF8.GetBytes(value), default, default, TimeSpan.FromMinutes(1)));
                },
                TimeSpan.FromSeconds(30),

                // Not the budget of a call: on a machine that is busy with other tests, what is meant here is who fetches.
                StoreBudget.Behind(),
                token),
            CancellationToken.None)));
        return string.Join(' ', values.Distinct(StringComparer.Ordinal));

        async Task<StoreAnswer<string>> FindAsync(StoreBudget budget, CancellationToken token)
        {
            var answer = await _shared.SecondLevel!.FindAsync(shared, budget, token);
            return new(answer.IsAnswered, answer.Value is { } found ? Encoding.UTF8.GetString(found.Value) : null);
        }
    }

    private async Task<string> TreesAsync(string repository, int callers)
    {
        var trees = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => _client.GetCachedTreeAsync(new RepositoryRef(repository), "main")));
        return string.Join(' ', trees.Select(tree => $"{tree.Tree.Sha}:{tree.Tree.Count}").Distinct(StringComparer.Ordinal));
    }

    /// <summary>Callers that all connect one account at once, each with tokens of its own.</summary>
    private async Task<string> UpsertAsync(string identifier, int callers)
    {
        var accounts = services.GetRequiredService<IConnectedAccounts>();
        var upserts = await Task.WhenAll(Enumerable.Range(0, callers).Select(number => Task.Run(() => accounts.UpsertAsync(
            new AccountIdentity("github", identifier),
            new OAuthTokenCredential { AccessToken = new($"access {Environment.ProcessId} {number}"), RefreshToken = new($"refresh {Environment.ProcessId} {number}") }))));
        return string.Join(
            ' ',
            string.Join(',', upserts.Select(upsert => upsert.Account.Id).Distinct(StringComparer.Ordinal)),
            upserts.Count(upsert => upsert.Outcome == AccountOutcome.Created).ToString(CultureInfo.InvariantCulture),
            string.Join(',', upserts.Select(upsert => upsert.Account.Version)));
    }

    /// <summary>Callers that all speak as one account.</summary>
    private async Task<string> TokensAsync(string identifier, int callers)
    {
        var credential = services.GetRequiredService<IConnectedAccountCredentials>().For(new AccountIdentity("github", identifier));
        var tokens = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () => await credential.GetTokenAsync())));
        return string.Join(' ', tokens.Select(token => token.Value).Distinct(StringComparer.Ordinal));
    }

    private async Task<string> HoldAsync(string name, int seconds) =>
        await services.GetRequiredService<IRefreshLock>().TryAcquireAsync(name, Guid.NewGuid().ToString("N"), TimeSpan.FromSeconds(seconds)) ? "held" : "not held";
}
