using Microsoft.AspNetCore.WebUtilities;

namespace ScmIntegrations.Testing;

/// <summary>A question to a token endpoint, and the ways to answer it: JSON where that is accepted, a form where it is not, as GitHub does.</summary>
internal sealed class UserTokenForm
{
    private const string Documentation = "https://docs.github.com/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/#";

    private readonly Dictionary<string, string> _fields;
    private readonly bool _wantsJson;
    private readonly DateTimeOffset _now;
    private readonly string _verificationUri;

    public UserTokenForm(Call call)
    {
        var request = call.Context.Request;
        _fields = QueryHelpers.ParseQuery(call.Request.Body).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        _wantsJson = request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase);
        _now = call.Now;
        _verificationUri = $"{request.Scheme}://{request.Host}/login/device";
    }

    /// <summary>A field; <see langword="null"/> when it is absent or empty.</summary>
    public string? this[string name] => _fields.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public Answer Refuse(string error, string description) => Reply(200, ("error", error), ("error_description", description), ("error_uri", Documentation + error.Replace('_', '-')));

    public Answer SlowDown(TimeSpan interval) => Reply(
        200,
        ("error", "slow_down"),
        ("error_description", "Too many requests have been made in the same timeframe."),
        ("error_uri", Documentation + "slow-down"),
        ("interval", Seconds(interval)));

    public Answer Device(PendingDevice device) => Reply(
        200,
        ("device_code", device.DeviceCode),
        ("user_code", device.UserCode),
        ("verification_uri", _verificationUri),
        ("expires_in", Seconds(device.ExpiresAt - _now)),
        ("interval", Seconds(device.Interval)));

    public Answer Grant(FakeUserGrant grant) => Reply(
        200,
        ("access_token", grant.AccessToken),
        ("expires_in", Seconds(grant.ExpiresAt - _now)),
        ("refresh_token", grant.RefreshToken),
        ("refresh_token_expires_in", Seconds(grant.RefreshTokenExpiresAt - _now)),
        ("scope", string.Join(',', grant.Scopes)),
        ("token_type", "bearer"));

    /// <summary>What GitHub says to a client id that it does not know, where no secret is due.</summary>
    public Answer NotFound() => Reply(404, ("error", "Not Found"));

    private static long? Seconds(TimeSpan? span) => (long?)span?.TotalSeconds;

    private Answer Reply(int status, params (string Name, object? Value)[] fields)
    {
        var given = fields.Where(field => field.Value is not null);
        return _wantsJson
            ? new JsonAnswer(status, json =>
            {
                json.WriteStartObject();
                foreach (var (name, value) in given)
                {
                    if (value is long number)
                    {
                        json.WriteNumber(name, number);
                    }
                    else
                    {
                        json.WriteString(name, (string)value!);
                    }
                }

                json.WriteEndObject();
            })
            : Answers.Text(status, string.Join('&', given.Select(field => $"{field.Name}={Uri.EscapeDataString($"{field.Value}")}")), "application/x-www-form-urlencoded; charset=utf-8");
    }
}
