using System.Net;

namespace ScmIntegrations.Testing;

/// <summary>Machine tokens, by client credentials in a form.</summary>
internal static class ScalekitTokenRoutes
{
    public static void Map(ScalekitRouteTable routes) => routes.Post("/oauth/token", Issue, needsToken: false);

    private static Answer Issue(ScalekitCall call)
    {
        var form = ReadForm(call.Request.Body);
        if (form.GetValueOrDefault("grant_type") is not "client_credentials")
        {
            return Refuse(400, "unsupported_grant_type", "grant_type must be client_credentials");
        }

        if (!call.State.Clients.TryGetValue(form.GetValueOrDefault("client_id", ""), out var secret)
            || !secret.Equals(form.GetValueOrDefault("client_secret"), StringComparison.Ordinal))
        {
            return Refuse(401, "invalid_client", "Client authentication failed");
        }

        var token = call.State.Tokens.Issue(call.Options.TimeProvider.GetUtcNow() + call.Options.TokenLifetime);
        return new JsonAnswer(200, json =>
        {
            json.WriteStartObject();
            json.WriteString("access_token", token);
            json.WriteString("token_type", "Bearer");
            json.WriteNumber("expires_in", (long)call.Options.TokenLifetime.TotalSeconds);
            json.WriteString("scope", "");
            json.WriteEndObject();
        });
    }

    private static JsonAnswer Refuse(int status, string error, string description) => new(status, json =>
    {
        json.WriteStartObject();
        json.WriteString("error", error);
        json.WriteString("error_description", description);
        json.WriteEndObject();
    });

    private static Dictionary<string, string> ReadForm(string body)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in body.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = field.Split('=', 2);
            form[WebUtility.UrlDecode(parts[0])] = WebUtility.UrlDecode(parts.ElementAtOrDefault(1) ?? "");
        }

        return form;
    }
}
