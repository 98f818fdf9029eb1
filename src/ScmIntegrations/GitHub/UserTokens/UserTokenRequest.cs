using System.Diagnostics;
using System.Text;
using ScmIntegrations.Http;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>One request to a token endpoint: a form. Prints without it.</summary>
internal sealed class UserTokenRequest
{
    private const string TokenPath = "/login/oauth/access_token";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _form;
    private readonly string _path;

    private UserTokenRequest(string path, OperationClass operation, (string Name, string? Value)[] fields, params ReadOnlySpan<string?> secrets)
    {
        _path = path;
        Operation = operation;
        _form = Encoding.ASCII.GetBytes(string.Join('&', fields.Where(field => field.Value is not null).Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value!)}")));
        Secrets = SecretForms.Of(secrets.ToArray().OfType<string>().Where(secret => secret.Length > 0));
    }

    /// <summary>How safe it is to send twice.</summary>
    public OperationClass Operation { get; }

    /// <summary>What was sent, in every form that an answer might repeat.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string[] Secrets { get; }

    /// <summary>Exchanges a code, which works once.</summary>
    public static UserTokenRequest Exchange(GitHubUserTokenOptions app, string code, Uri? redirectUri, string? codeVerifier) => new(
        TokenPath,
        OperationClass.Write,
        [("client_id", app.ClientId), ("client_secret", app.ClientSecret), ("code", code), ("redirect_uri", redirectUri?.AbsoluteUri), ("code_verifier", codeVerifier)],
        app.ClientSecret,
        code,
        codeVerifier);

    /// <summary>Begins a device flow. A code that nobody uses ends by itself, so it is safe to repeat.</summary>
    public static UserTokenRequest StartDevice(GitHubUserTokenOptions app, IReadOnlyList<string> scopes) => new(
        "/login/device/code",
        OperationClass.TokenMint,
        [("client_id", app.ClientId), ("scope", scopes.Count == 0 ? null : string.Join(' ', scopes))]);

    /// <summary>
    /// Asks whether the user has granted it. A token is given once, and the pace is GitHub's, so the line sends nothing again: who
    /// waits asks the next time.
    /// </summary>
    public static UserTokenRequest AskDevice(GitHubUserTokenOptions app, string deviceCode) => new(
        TokenPath,
        OperationClass.Write,
        [("client_id", app.ClientId), ("device_code", deviceCode), ("grant_type", "urn:ietf:params:oauth:grant-type:device_code")],
        deviceCode);

    /// <summary>Trades a refresh token, which works once.</summary>
    public static UserTokenRequest Refresh(GitHubUserTokenOptions app, string refreshToken) => new(
        TokenPath,
        OperationClass.TokenRefresh,
        [("client_id", app.ClientId), ("client_secret", app.ClientSecret), ("grant_type", "refresh_token"), ("refresh_token", refreshToken)],
        app.ClientSecret,
        refreshToken);

    public HttpRequestMessage ToMessage(Uri webAddress, string userAgent)
    {
        var message = JsonRequestMessage.Create(HttpMethod.Post, webAddress, _path, _form, "application/x-www-form-urlencoded");
        message.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        return message;
    }

    public override string ToString() => "POST " + _path;
}
