namespace ScmIntegrations.Http;

/// <summary>Scheme, host and port: the unit a credential is bound to (RFC 6454).</summary>
internal static class Origin
{
    /// <summary>Whether two absolute addresses share scheme, host and port.</summary>
    public static bool IsSameOrigin(this Uri address, Uri other) =>
        address.IsAbsoluteUri
        && string.Equals(address.Scheme, other.Scheme, StringComparison.OrdinalIgnoreCase)
        && string.Equals(address.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase)
        && address.Port == other.Port;

    /// <summary>The address with a final slash, so that paths are resolved below it and not beside its last part.</summary>
    public static Uri WithFinalSlash(this Uri address) => address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");

    /// <summary>The origin as text, without path, query or user information.</summary>
    public static string Describe(Uri address) =>
        address.IsAbsoluteUri ? $"{address.Scheme}://{address.IdnHost}:{address.Port}" : "(relative address)";
}
