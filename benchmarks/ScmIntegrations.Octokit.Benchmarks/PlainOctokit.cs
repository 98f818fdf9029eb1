using Octokit;
using Octokit.Internal;

namespace ScmIntegrations.Octokit.Benchmarks;

/// <summary>Octokit by itself, put together as its own constructors do it.</summary>
internal static class PlainOctokit
{
    private static readonly ProductHeaderValue Product = new("benchmark");

    /// <summary>Over sockets. The address goes to the connection: the client's own constructor would append <c>/api/v3/</c>.</summary>
    public static GitHubClient At(Uri address, string token) => new(new Connection(Product, address) { Credentials = new Credentials(token) });

    /// <summary>Over a handler that answers from memory.</summary>
    public static GitHubClient Over(HttpMessageHandler handler, string token) =>
        new(new Connection(Product, new HttpClientAdapter(() => handler)) { Credentials = new Credentials(token) });
}
