using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Resilience;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The options of a GitHub client.</summary>
internal static class GitHubOptionTable
{
    // Slower than one in an hour is no pace, and the wait for a turn has to fit a timer.
    private static readonly OptionKind<double> Rate = OptionKinds.Number("from 1/3600 to 1000000 a second", value => value is >= 1 / 3600d and <= 1_000_000);

    public static OptionTable<GitHubIntegrationOptions> Table { get; } = new(
        name => string.IsNullOrEmpty(name) ? "The default GitHub client" : $"The GitHub client '{name}'",
        [
            Credential("Token", CredentialKinds.OptionalSecret, credential => credential.Token, (credential, value) => credential.Token = value, "A token that is already there, such as a personal access token."),
            Credential("TokenOwner", GitHubCredentialKinds.Owner, credential => credential.TokenOwner, (credential, value) => credential.TokenOwner = value, "Whose the token is; the operator's unless it is said."),
            Credential("App.ClientId", CredentialKinds.OptionalId, credential => credential.ClientId, (credential, value) => credential.ClientId = value, "The GitHub App's client id; its app id on Enterprise Server before 3.14."),
            Credential("App.PrivateKey", GitHubCredentialKinds.PrivateKey, credential => credential.PrivateKey, (credential, value) => credential.PrivateKey = value, "The App's private key, PKCS#1 or PKCS#8; its line breaks may be written as `\\n`."),
            Credential("App.PrivateKeyFile", GitHubCredentialKinds.PrivateKeyFile, credential => credential.PrivateKeyFile, (credential, value) => credential.PrivateKeyFile = value, "A file that holds the private key, instead of `App:PrivateKey`."),
            Credential("App.InstallationId", GitHubCredentialKinds.InstallationId, credential => credential.InstallationId, (credential, value) => credential.InstallationId = value, "The installation that is spoken for; without it the App speaks for itself."),
            Row("ApiAddress", AddressKinds.GitHubApi, options => options.ApiAddress, (options, value) => options.ApiAddress = value!, "The address of the API; the credential goes to this origin alone."),
            Row("ApiVersion", OptionKinds.Header, options => options.ApiVersion, (options, value) => options.ApiVersion = value, "The REST API version that is asked for."),
            Row("UserAgent", OptionKinds.Header, options => options.UserAgent, (options, value) => options.UserAgent = value, "The `User-Agent`; GitHub asks for the name of the App or user."),
            Row("LogSampleRate", OptionKinds.Number("from 0 to 1", value => value is >= 0 and <= 1), options => options.LogSampleRate, (options, value) => options.LogSampleRate = value, "The share of interactions that are logged."),
            Row("MaxResponseBytes", OptionKinds.Whole(1024, long.MaxValue, "bytes"), options => options.MaxResponseBytes, (options, value) => options.MaxResponseBytes = value, "The most bytes of a body, decompressed."),
            Row("MaxBlobBytes", OptionKinds.Whole(1024L, 1024 * 1024 * 1024, "bytes"), options => options.MaxBlobBytes, (options, value) => options.MaxBlobBytes = value, "The most bytes of a file or blob."),
            Row("MaxErrorBytes", OptionKinds.Whole(1024, 64 * 1024 * 1024, "bytes"), options => options.MaxErrorBytes, (options, value) => options.MaxErrorBytes = value, "The most bytes that are read of an error."),
            Row("MaxJsonDepth", OptionKinds.Whole(8, 1000, "levels"), options => options.MaxJsonDepth, (options, value) => options.MaxJsonDepth = value, "The deepest nesting of a JSON body."),
            Row("MaxPages", OptionKinds.Whole(1, 10_000, "pages"), options => options.MaxPages, (options, value) => options.MaxPages = value, "The most pages of one listing."),
            Row("PageSize", OptionKinds.Whole(1, 100, "entries"), options => options.PageSize, (options, value) => options.PageSize = value, "Entries asked for in a page."),
            Row("MaxInstallationClients", OptionKinds.Whole(1, 100_000, "clients"), options => options.MaxInstallationClients, (options, value) => options.MaxInstallationClients = value, "The most clients of installations known only at run time that are kept."),
            .. ResilienceOptionRows.Within<GitHubIntegrationOptions>(options => options.Resilience),
            Limit("MaxConcurrency", OptionKinds.Whole(1, 10_000, "requests"), limits => limits.MaxConcurrency, (limits, value) => limits.MaxConcurrency = value, "The most requests of one credential that are under way at a time."),
            Limit("BackgroundConcurrency", OptionKinds.Whole(1, int.MaxValue, "requests"), limits => limits.BackgroundConcurrency, (limits, value) => limits.BackgroundConcurrency = value, "The most background requests among them."),
            Limit("BackgroundRequestsPerSecond", Rate, limits => limits.BackgroundRequestsPerSecond, (limits, value) => limits.BackgroundRequestsPerSecond = value, "How many requests a second background work may send in the long run."),
            Limit("BackgroundBurst", OptionKinds.Whole(1, 1_000_000, "requests"), limits => limits.BackgroundBurst, (limits, value) => limits.BackgroundBurst = value, "How many requests background work may send at once after a pause."),
            Limit("WritesPerSecond", Rate, limits => limits.WritesPerSecond, (limits, value) => limits.WritesPerSecond = value, "How many writes a second one credential may send in the long run."),
            Limit("WriteBurst", OptionKinds.Whole(1, 1_000_000, "writes"), limits => limits.WriteBurst, (limits, value) => limits.WriteBurst = value, "How many writes may be sent at once after a pause."),
            Limit("ReserveFactor", OptionKinds.Number("from 0 to 10", value => value is >= 0 and <= 10), limits => limits.ReserveFactor, (limits, value) => limits.ReserveFactor = value, "How much background work leaves of the hourly limit, as a multiple of what others are expected to need."),
            Tree("MaxRequestsPerTree", OptionKinds.Whole(1, int.MaxValue, "requests"), trees => trees.MaxRequestsPerTree, (trees, value) => trees.MaxRequestsPerTree = value, "The most requests that are spent to complete one truncated tree."),
            Tree("CacheBytes", OptionKinds.Whole(1024 * 1024, long.MaxValue, "bytes"), trees => trees.CacheBytes, (trees, value) => trees.CacheBytes = value, "The most memory that cached trees may take, those of the client's installations together."),
            Tree("Stagger", StaggerNames.Kind, trees => trees.Stagger, (trees, value) => trees.Stagger = value, "How the lifetimes of cached branches are spread."),
            Tree("RepositoryListLifetime", OptionKinds.Duration(TimeSpan.Zero, TimeSpan.FromDays(1)), trees => trees.RepositoryListLifetime, (trees, value) => trees.RepositoryListLifetime = value, "How long a list of repositories is remembered for scans."),
            Tree("BulkHeads", OptionKinds.Flag, trees => trees.BulkHeads, (trees, value) => trees.BulkHeads = value, "Whether a scan asks for the heads of a hundred repositories at a time."),
            Tree("Concurrency", OptionKinds.Whole(1, 100, "repositories"), trees => trees.Concurrency, (trees, value) => trees.Concurrency = value, "How many repositories a scan reads at a time."),
            Tree("RequestFloor", OptionKinds.Whole(0, int.MaxValue, "requests"), trees => trees.RequestFloor, (trees, value) => trees.RequestFloor = value, "The least that background work leaves of the hourly limit to others."),
            Tree("MaxConnectionErrors", OptionKinds.Whole(1, int.MaxValue, "errors"), trees => trees.MaxConnectionErrors, (trees, value) => trees.MaxConnectionErrors = value, "After this many failures of the connection a scan reads the cache only."),
        ])
    {
        Rules = GitHubCredentialRules.Failures,
    };

    private static OptionRow<GitHubIntegrationOptions, T> Row<T>(string path, OptionKind<T> kind, Func<GitHubIntegrationOptions, T> get, Action<GitHubIntegrationOptions, T> set, string meaning) =>
        new(path, kind, get, set, meaning);

    private static OptionRow<GitHubIntegrationOptions> Limit<T>(string path, OptionKind<T> kind, Func<RateLimitOptions, T> get, Action<RateLimitOptions, T> set, string meaning) =>
        new OptionRow<RateLimitOptions, T>(path, kind, get, set, meaning).Within<GitHubIntegrationOptions>("RateLimits", options => options.RateLimits);

    private static OptionRow<GitHubIntegrationOptions> Tree<T>(string path, OptionKind<T> kind, Func<TreeOptions, T> get, Action<TreeOptions, T> set, string meaning) =>
        new OptionRow<TreeOptions, T>(path, kind, get, set, meaning).Within<GitHubIntegrationOptions>("Trees", options => options.Trees);

    /// <summary>A credential that comes from a section takes the place of one that came before.</summary>
    private static OptionRow<GitHubIntegrationOptions, T> Credential<T>(string path, OptionKind<T> kind, Func<ConfiguredCredential, T> get, Action<ConfiguredCredential, T> set, string meaning) => new(
        path,
        kind,
        options => get(options.Configured),
        (options, value) =>
        {
            set(options.Configured, value);
            (options.Credential, options.App) = (null, null);
        },
        meaning);
}
