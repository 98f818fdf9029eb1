namespace Quickstart.Arguments;

/// <summary>Checks an API's address. The library checks it again; here the message can name the option.</summary>
internal static class ApiAddressReader
{
    public static Uri Read(string text, string source, string example = "https://api.github.com")
    {
        // Without the check of the scheme, "/path" would pass as a file.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new UsageException($"{source} is not an address such as {example}.");
        }

        // The text itself is not repeated where it may hold a password.
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw new UsageException($"{source} has a user name, a query or a fragment; it has none of them.");
        }

        return address.Scheme is "https" || address.IsLoopback
            ? address
            : throw new UsageException($"{source} is {address}; a credential travels over https, or over http to this machine alone.");
    }
}
