namespace Quickstart.Output;

/// <summary>
/// Takes the secrets out of foreign text. The library removes what looks like a credential; a server that repeats a token of
/// another form is met here, where they are known.
/// </summary>
internal sealed class SecretMask(params IReadOnlyList<string?> secrets)
{
    // A shorter one is part of ordinary words, and no secret.
    private const int ShortestSecret = 8;

    public static SecretMask None { get; } = new();

    public string Clean(string text) => secrets
        .Where(secret => secret is { Length: >= ShortestSecret })

        // One that begins another would leave the rest of it standing.
        .OrderByDescending(secret => secret!.Length)
        .Aggregate(text, (clean, secret) => clean.Replace(secret!, "***", StringComparison.Ordinal));
}
