namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What is wrong with the value of an option, in a sentence that names the value and the limit; <see langword="null"/> when nothing is.</summary>
internal static class OptionRules
{
    /// <summary>An address that a credential may travel to.</summary>
    public static string? Address(Uri? address, string option, string example) => address switch
    {
        null => $"{option} is not set.",
        { IsAbsoluteUri: false } => $"{option} is '{address}'; it is an absolute address such as {example}.",
        { UserInfo.Length: > 0 } => $"{option} holds a user name or password; set the credential instead.",
        { Query.Length: > 0 } or { Fragment.Length: > 0 } => $"{option} is '{address.GetLeftPart(UriPartial.Path)}' with a query or fragment; it has neither.",
        { Scheme: "https" } or { Scheme: "http", IsLoopback: true } => null,
        _ => $"{option} is '{address}'; a credential travels over https, or over http to this machine alone.",
    };

    /// <summary>An address of GitHub's API.</summary>
    public static string? GitHubAddress(Uri? address, string option) =>
        address is { IsAbsoluteUri: true, Scheme: "https", UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0, IdnHost: "github.com" or "www.github.com" }
            ? $"{option} is github.com, the site; its API is https://api.github.com."
            : Address(address, option, "https://api.github.com");

    /// <summary>A secret that has to be there, or the id that goes with one.</summary>
    public static string? Credential(string? value, string option) =>
        string.IsNullOrEmpty(value) ? $"{option} is not set."
        : value.AsSpan().ContainsAnyExceptInRange('!', '~') ? $"{option} has characters that cannot be part of it: it is visible ASCII without white space."
        : null;
}
