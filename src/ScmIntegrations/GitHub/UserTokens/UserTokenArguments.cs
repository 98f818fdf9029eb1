using System.Buffers;

namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>Refuses what GitHub could only refuse, before anything is sent. Shows no secret.</summary>
internal static class UserTokenArguments
{
    private const int MostCodeLength = 1024;
    private const int ChallengeLength = 43;
    private const int MostVerifierLength = 128;

    // The unreserved characters (RFC 7636 §4.1); base64url is among them.
    private static readonly SearchValues<char> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>A code that came from GitHub.</summary>
    public static void RequireCode(string? code, string name)
    {
        if (code is not { Length: > 0 and <= MostCodeLength } || code.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException($"A code is 1 to {MostCodeLength} visible ASCII characters without white space; this one has {code?.Length ?? 0}, or others.", name);
        }
    }

    public static void RequireVerifier(string? verifier, string name)
    {
        if (verifier is not null && (verifier.Length is < ChallengeLength or > MostVerifierLength || verifier.AsSpan().ContainsAnyExcept(Unreserved)))
        {
            throw new ArgumentException($"A code verifier is {ChallengeLength} to {MostVerifierLength} of A-Z, a-z, 0-9 and -._~ (RFC 7636); this one has {verifier.Length} characters, or others.", name);
        }
    }

    public static void RequireChallenge(string? challenge, string name)
    {
        if (challenge is not null && (challenge.Length != ChallengeLength || challenge.AsSpan().ContainsAnyExcept(Unreserved)))
        {
            throw new ArgumentException($"The code challenge is '{challenge}'; it is the SHA-256 of the verifier as {ChallengeLength} characters of base64url (RFC 7636, S256).", name);
        }
    }

    public static void RequireRedirect(Uri? redirect, string name)
    {
        if (redirect is { IsAbsoluteUri: false })
        {
            throw new ArgumentException($"The redirect address is '{redirect}'; it is an absolute one, as registered with the App.", name);
        }
    }

    public static void RequireScopes(IReadOnlyList<string> scopes, string name)
    {
        foreach (var scope in scopes)
        {
            if (string.IsNullOrEmpty(scope) || scope.AsSpan().ContainsAnyExceptInRange('!', '~') || scope.Contains(',', StringComparison.Ordinal))
            {
                throw new ArgumentException($"A scope is '{scope}'; it is a word without white space and comma, such as read:org.", name);
            }
        }
    }
}
