using Octokit;
using Octokit.Internal;

namespace ScmIntegrations.Octokit.Tests.Infrastructure;

/// <summary>Octokit as it comes, without the adapter: what shows that a hazard exists, so that the adapter's test can fail.</summary>
internal static class PlainOctokit
{
    public const string Token = OctokitSetup.Token;

    public static IGitHubClient For(Uri address) =>
        new GitHubClient(new Connection(new ProductHeaderValue("plain"), address) { Credentials = new Credentials(Token) });

    public static IGitHubClient Over(HttpMessageHandler handler) => new GitHubClient(new Connection(
        new ProductHeaderValue("plain"), new Uri("http://127.0.0.1/"), new InMemoryCredentialStore(new Credentials(Token)), new HttpClientAdapter(() => handler), new SimpleJsonSerializer()));

    public static IGitHubClient Plain(this OctokitFixture fixture) => For(fixture.GitHub.Address);
}
