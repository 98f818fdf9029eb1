using System.Net;

namespace ScmIntegrations.Http;

/// <summary>The sockets below every line.</summary>
internal static class SocketSettings
{
    public static SocketsHttpHandler Create(Uri origin) => new()
    {
        // Redirects are the guard's, time is the line's, and nobody's cookies are kept.
        AllowAutoRedirect = false,
        UseCookies = false,

        // A proxy of the environment tunnels https, but would read plain http, credential and all.
        UseProxy = origin.Scheme.Equals(Uri.UriSchemeHttps, StringComparison.Ordinal),

        // Not brotli: broken, it throws InvalidOperationException like a bug, not InvalidDataException.
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
