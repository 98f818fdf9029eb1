using ScmIntegrations.GitHub.UserTokens;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The options of a client of GitHub's token endpoints.</summary>
internal static class GitHubUserTokenOptionTable
{
    public static OptionTable<GitHubUserTokenOptions> Table { get; } = new(
        name => string.IsNullOrEmpty(name) ? "The default client of GitHub's user tokens" : $"The client of GitHub's user tokens '{name}'",
        [
            Row("ClientId", CredentialKinds.Id, options => options.ClientId, (options, value) => options.ClientId = value, "The client id of the GitHub App or OAuth App. It has to be set."),
            Row("ClientSecret", CredentialKinds.OptionalSecret, options => options.ClientSecret, (options, value) => options.ClientSecret = value, "The App's client secret; the device flow needs none."),
            Row("ApiAddress", AddressKinds.GitHubApi, options => options.ApiAddress, (options, value) => options.ApiAddress = value!, "The address of the API, which says where the pages are."),
            Row("WebAddress", AddressKinds.Optional("https://github.com"), options => options.WebAddress, (options, value) => options.WebAddress = value, "Where the pages are, when that does not follow from `ApiAddress`."),
            Row("UserAgent", OptionKinds.Header, options => options.UserAgent, (options, value) => options.UserAgent = value, "The `User-Agent`; GitHub asks for the name of the App or user."),
            Row("MaxResponseBytes", OptionKinds.Whole(1024, long.MaxValue, "bytes"), options => options.MaxResponseBytes, (options, value) => options.MaxResponseBytes = value, "The most bytes of an answer, decompressed."),
            .. ResilienceOptionRows.Within<GitHubUserTokenOptions>(options => options.Resilience),
        ])
    {
        // A server on this machine plays github.com elsewhere; here that would send it the secrets of a test.
        Rules = static (options, source) =>
        [
            options is { WebAddress: null, ApiAddress: { IsAbsoluteUri: true, IsLoopback: true } }
                ? $"{source.NameOf("WebAddress")} is not set, and ApiAddress is on this machine; set both."
                : null,
        ],
    };

    private static OptionRow<GitHubUserTokenOptions, T> Row<T>(string path, OptionKind<T> kind, Func<GitHubUserTokenOptions, T> get, Action<GitHubUserTokenOptions, T> set, string meaning) =>
        new(path, kind, get, set, meaning);
}
