using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.Caching;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Interactions;
using ScmIntegrations.Tests.Sharing;

namespace ScmIntegrations.Tests.Accounts.Renewal;

/// <summary>
/// A fake GitHub with an App, a store and a lock that instances share, and any number of instances whose GitHub client speaks as one
/// connected account. Short waits pass at once.
/// </summary>
internal sealed class AccountTokenRig : IAsyncDisposable
{
    public const string TokenPath = "/login/oauth/access_token";

    private readonly List<ServiceProvider> _instances = [];

    private AccountTokenRig(FakeGitHub gitHub, ManualTimeProvider time)
    {
        (GitHub, Time) = (gitHub, time);
        App = gitHub.AddUserApp("Iv23liUserApp", "s3cr3t");
        gitHub.AddRepository("octocat/hello");
        Lock = new MemoryLock(time);
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static AccountIdentity Octocat { get; } = new("github", "octocat") { OrganizationId = "acme" };

    public FakeGitHub GitHub { get; }

    public FakeUserApp App { get; }

    public ManualTimeProvider Time { get; }

    public WatchedStore Store { get; } = new();

    public MemoryLock Lock { get; }

    public RecordingLoggerFactory Log { get; } = new();

    /// <summary>How often the token endpoint was asked.</summary>
    public int Refreshes => GitHub.Count(HttpMethod.Post, TokenPath);

    public static async Task<AccountTokenRig> StartAsync()
    {
        var time = new ManualTimeProvider(AccountRig.Start) { AutoAdvance = true, AutoAdvanceUpTo = TimeSpan.FromSeconds(5) };
        return new(await FakeGitHub.StartAsync(options => options.TimeProvider = time, Token), time);
    }

    /// <summary>An instance of the application, with a client under the key <c>user</c>.</summary>
    public ServiceProvider NewInstance(bool hasLock = true, bool hasApp = true)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<ILoggerFactory>(Log);
        services.AddSingleton<IAccountStore>(Store);
        if (hasLock)
        {
            services.AddSingleton<IRefreshLock>(Lock);
        }

        var builder = services.AddScmIntegrations().AddConnectedAccounts(options => options.EncryptionKeys.Add(AccountRig.TestKey));
        if (hasApp)
        {
            builder.AddGitHubUserTokens(options =>
            {
                options.ClientId = App.ClientId;
                options.ClientSecret = "s3cr3t";
                options.WebAddress = GitHub.WebAddress;
                options.Resilience.BackoffBase = TimeSpan.Zero;
            });
        }

        builder.AddGitHub("user", options =>
        {
            options.ApiAddress = GitHub.Address;
            options.Resilience.BackoffBase = TimeSpan.Zero;
        }).UseConnectedAccount(Octocat);
        _instances.Add(services.BuildServiceProvider());
        return _instances[^1];
    }

    /// <summary>Connects the account with tokens that the user has just granted.</summary>
    public async Task<FakeUserGrant> ConnectAsync(IServiceProvider instance, FakeUserGrant? grant = null)
    {
        grant ??= App.Grant("octocat");
        await AccountsOf(instance).UpsertAsync(Octocat, CredentialOf(grant), cancellationToken: Token);
        return grant;
    }

    public static OAuthTokenCredential CredentialOf(FakeUserGrant grant) => new()
    {
        AccessToken = new(grant.AccessToken),
        AccessTokenExpiresAt = grant.ExpiresAt,
        RefreshToken = grant.RefreshToken is { } refresh ? new(refresh) : null,
        RefreshTokenExpiresAt = grant.RefreshTokenExpiresAt,
    };

    public static IConnectedAccounts AccountsOf(IServiceProvider instance) => instance.GetRequiredService<IConnectedAccounts>();

    public static IGitHubCredential CredentialOf(IServiceProvider instance) => instance.GetRequiredService<IConnectedAccountCredentials>().For(Octocat);

    /// <summary>Lets the next refresh stand until this completes; then it brings <c>ghu_new</c> and <c>ghr_new</c>.</summary>
    public TaskCompletionSource HoldRefresh()
    {
        var mayAnswer = new TaskCompletionSource();
        GitHub.When(HttpMethod.Post, TokenPath).Once().Answer(Answers.Custom(async (context, _) =>
        {
            await mayAnswer.Task;
            await context.Response.WriteAsync("""{"access_token":"ghu_new","refresh_token":"ghr_new","expires_in":28800,"refresh_token_expires_in":15897600}""", Token);
        }));
        return mayAnswer;
    }

    /// <summary>A call of the instance's GitHub client.</summary>
    public static Task<GitHubRepository> CallAsync(IServiceProvider instance) =>
        instance.GetRequiredKeyedService<IGitHubIntegrationClient>("user").GetRepositoryAsync(new("octocat/hello"), cancellationToken: Token);

    public static async Task<string> StoredTokenAsync(IServiceProvider instance) =>
        ((OAuthTokenCredential)(await AccountsOf(instance).GetCredentialAsync(Octocat, Token))!).AccessToken!.Value;

    public static Task<ConnectedAccount> AccountAsync(IServiceProvider instance) => AccountsOf(instance).GetAsync(Octocat, Token);

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }

        await GitHub.DisposeAsync();
    }
}
