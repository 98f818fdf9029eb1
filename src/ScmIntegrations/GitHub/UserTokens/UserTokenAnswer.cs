using System.Text.Json;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>Reads a token that was granted. A token has to be one; a lifetime that cannot be read is one that nobody knows, as the token is good without.</summary>
internal static class UserTokenAnswer
{
    private static readonly char[] Separators = [',', ' '];

    /// <summary>Makes the token.</summary>
    /// <param name="answer">The body.</param>
    /// <param name="askedAt">When it was asked for: the lifetimes count from here, as GitHub's own count began later.</param>
    /// <param name="now">When the answer came.</param>
    /// <exception cref="WrongShapeException">The body has no token, or one that is none.</exception>
    public static GitHubUserToken Read(JsonElement answer, DateTimeOffset askedAt, DateTimeOffset now) => new()
    {
        AccessToken = Token(answer, "access_token", "expires_in", askedAt, now) ?? throw new WrongShapeException("The answer has neither a token nor an error."),
        RefreshToken = Token(answer, "refresh_token", "refresh_token_expires_in", askedAt, now),
        Scopes = [.. (answer.Text("scope") ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
    };

    /// <summary>A token; <see langword="null"/> when it is absent or blank.</summary>
    private static GitHubToken? Token(JsonElement answer, string name, string lifetime, DateTimeOffset askedAt, DateTimeOffset now)
    {
        if (answer.ValueKind is not JsonValueKind.Object || !answer.TryGetProperty(name, out var field) || field.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        try
        {
            return field.ValueKind is not JsonValueKind.String ? throw new WrongShapeException($"The {name} is no text.")
                : string.IsNullOrWhiteSpace(field.GetString()) ? null
                : new GitHubToken(field.GetString()!, askedAt + answer.Seconds(lifetime)) { IssuedAt = now };
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new WrongShapeException($"The {name} cannot stand in a header.", exception);
        }
    }
}
