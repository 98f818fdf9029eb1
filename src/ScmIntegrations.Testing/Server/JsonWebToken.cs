using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>Checks an app's token as GitHub does, with GitHub's words.</summary>
internal static class JsonWebToken
{
    private static readonly TimeSpan LongestAhead = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan IssuedTolerance = TimeSpan.FromMinutes(1);

    public static bool LooksLikeOne(string token) =>
        token.StartsWith("ey", StringComparison.Ordinal) && token.Count(letter => letter is '.') == 2;

    public static (FakeApp? App, Answer? Refusal) Check(string token, GitHubState state, DateTimeOffset now)
    {
        var parts = token.Split('.');
        if (ReadObject(parts[0]) is not { } header || ReadObject(parts[1]) is not { } claims || Decode(parts[2]) is not { } signature)
        {
            return (null, Undecodable());
        }

        if (FindApp(claims, state) is not { } app)
        {
            return (null, Answers.GitHubError(404, "Integration not found"));
        }

        var signed = Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')]);
        if (Text(header, "alg") is not "RS256" || !app.Verify(signed, signature))
        {
            return (null, Undecodable());
        }

        return CheckTimes(claims, now) is { } message ? (null, Answers.GitHubError(401, message)) : (app, null);
    }

    private static string? CheckTimes(JsonElement claims, DateTimeOffset now)
    {
        if (Seconds(claims, "iat") is not { } issued || issued > now + IssuedTolerance)
        {
            return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
        }

        if (Seconds(claims, "exp") is not { } expires || expires <= now)
        {
            return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
        }

        return expires > now + LongestAhead ? "'Expiration time' claim ('exp') is too far in the future" : null;
    }

    private static FakeApp? FindApp(JsonElement claims, GitHubState state)
    {
        var issuer = Text(claims, "iss");
        return state.Apps.Values.FirstOrDefault(app =>
            string.Equals(app.ClientId, issuer, StringComparison.Ordinal) ||
            string.Equals(app.Id.ToString(CultureInfo.InvariantCulture), issuer, StringComparison.Ordinal));
    }

    private static string? Text(JsonElement element, string name) =>
        !element.TryGetProperty(name, out var value) ? null
        : value.ValueKind is JsonValueKind.String ? value.GetString()
        : value.ValueKind is JsonValueKind.Number ? value.GetRawText()
        : null;

    private static DateTimeOffset? Seconds(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static JsonElement? ReadObject(string part)
    {
        try
        {
            using var document = JsonDocument.Parse(Decode(part) ?? []);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Decode(string part)
    {
        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static Answer Undecodable() => Answers.GitHubError(401, "A JSON web token could not be decoded");
}
