using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ScmIntegrations.Http;

namespace ScmIntegrations.ToolGateways.Scalekit;

/// <summary>The service's own token, as the token endpoint gives it.</summary>
[DebuggerDisplay("***")]
[JsonConverter(typeof(ScalekitAnswerConverter<ScalekitTokenAnswer>))]
internal sealed class ScalekitTokenAnswer : IScalekitAnswer<ScalekitTokenAnswer>
{
    // A day is Scalekit's figure; what is beyond a year is no lifetime of a token.
    private const double MostSeconds = 366 * 24 * 3600;

    private readonly string _token;
    private readonly TimeSpan? _lifetime;

    private ScalekitTokenAnswer(string token, TimeSpan? lifetime) => (_token, _lifetime) = (token, lifetime);

    public static ScalekitTokenAnswer Read(JsonElement answer)
    {
        if (answer.Text("access_token", "accessToken") is not { } token)
        {
            throw new WrongShapeException("The answer has no access token.");
        }

        try
        {
            _ = new GatewayToken(token);
        }
        catch (ArgumentException exception)
        {
            throw new WrongShapeException("The access token has characters that cannot stand in a header.", exception);
        }

        return new(token, Lifetime(answer.Text("expires_in", "expiresIn")));
    }

    /// <summary>The token, which ends that long after it was asked for.</summary>
    public GatewayToken ToToken(DateTimeOffset askedAt) => new(_token, askedAt + _lifetime);

    public override string ToString() => "***";

    /// <summary>A lifetime that is none is not known; the gateway's refusal will tell.</summary>
    private static TimeSpan? Lifetime(string? seconds) =>
        double.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is > 0 and < MostSeconds ? TimeSpan.FromSeconds(number) : null;
}
