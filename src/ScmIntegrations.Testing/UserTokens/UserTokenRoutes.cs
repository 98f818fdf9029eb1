namespace ScmIntegrations.Testing;

/// <summary>The endpoints that give users' tokens. They stand beside the API, at the root of the server, and say most errors in a 200.</summary>
internal static class UserTokenRoutes
{
    private const string DeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

    public static void Map(RouteTable routes)
    {
        routes.Open("/login/oauth/access_token", GiveToken);
        routes.Open("/login/device/code", StartDevice);
    }

    private static Answer GiveToken(Call call)
    {
        var form = new UserTokenForm(call);
        var app = call.State.UserApps.GetValueOrDefault(form["client_id"] ?? "");
        var (secret, isSecretDue) = (form["client_secret"], form["grant_type"] is null or "authorization_code");
        return app is null || (secret is null ? isSecretDue : !secret.Equals(app.ClientSecret, StringComparison.Ordinal))
            ? form.Refuse("incorrect_client_credentials", "The client_id and/or client_secret passed are incorrect.")
            : app.IsSuspended ? form.Refuse("application_suspended", "Your application has been suspended. Contact support@github.com.")
            : form["grant_type"] switch
            {
                null or "authorization_code" => app.Exchange(form),
                "refresh_token" => app.Refresh(form),
                DeviceGrant => app.AskDevice(form),
                _ => form.Refuse("unsupported_grant_type", "The grant_type passed is not supported."),
            };
    }

    private static Answer StartDevice(Call call)
    {
        var form = new UserTokenForm(call);
        return call.State.UserApps.TryGetValue(form["client_id"] ?? "", out var app) ? app.StartDevice(form) : form.NotFound();
    }
}
