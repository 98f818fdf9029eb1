namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Addresses as options have them.</summary>
internal static class AddressKinds
{
    /// <summary>The address of GitHub's API, which is often taken for the site's.</summary>
    public static OptionKind<Uri?> GitHubApi { get; } = Kind("https://api.github.com", static (address, name) =>
        address is { IsAbsoluteUri: true, Scheme: "https", UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0, IdnHost: "github.com" or "www.github.com" }
            ? $"{name} is github.com, the site; its API is https://api.github.com."
            : Check(address, name, "https://api.github.com"));

    /// <summary>An address that a credential may travel to, and that has to be there.</summary>
    public static OptionKind<Uri?> Required(string example) => Kind(example, (address, name) => Check(address, name, example));

    /// <summary>The same where it may be left out.</summary>
    public static OptionKind<Uri?> Optional(string example) => Kind(example, (address, name) => address is null ? null : Check(address, name, example));

    /// <summary>An address that only counts together with other options, so that a rule of the table checks it.</summary>
    public static OptionKind<Uri?> Unchecked(string example) => Kind(example, static (_, _) => null);

    private static OptionKind<Uri?> Kind(string example, Func<Uri?, string, string?> check) => new(
        "an absolute address",
        $"such as {example}",
        static (string text, out Uri? value) => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out value),
        check,
        static value => value?.OriginalString);

    private static string? Check(Uri? address, string name, string example) => address switch
    {
        null => $"{name} is not set.",
        { IsAbsoluteUri: false } => $"{name} is '{address}'; it is an absolute address such as {example}.",
        { UserInfo.Length: > 0 } => $"{name} holds a user name or password; set the credential instead.",
        { Query.Length: > 0 } or { Fragment.Length: > 0 } => $"{name} is '{address.GetLeftPart(UriPartial.Path)}' with a query or fragment; it has neither.",
        { Scheme: "https" } or { Scheme: "http", IsLoopback: true } => null,
        _ => $"{name} is '{address}'; a credential travels over https, or over http to this machine alone.",
    };
}
