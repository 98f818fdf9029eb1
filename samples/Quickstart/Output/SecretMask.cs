namespace Quickstart.Output;

/// <summary>
/// Takes the token out of foreign text. The library removes what looks like a credential; a server that repeats a token of
/// another form is met here, where the token is known.
/// </summary>
internal sealed class SecretMask(string? secret)
{
    // A shorter one is part of ordinary words, and no secret.
    private const int ShortestSecret = 8;

    public static SecretMask None { get; } = new(null);

    public string Clean(string text) => secret is null || secret.Length < ShortestSecret ? text : text.Replace(secret, "***", StringComparison.Ordinal);
}
