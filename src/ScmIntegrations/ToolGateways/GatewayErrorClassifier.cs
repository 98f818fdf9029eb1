using System.Globalization;
using System.Net;
using ScmIntegrations.Errors;
using ScmIntegrations.Http;

namespace ScmIntegrations.ToolGateways;

/// <summary>Turns status, headers and body of a gateway's error into one error with an origin and a reason.</summary>
internal static class GatewayErrorClassifier
{
    // A limit that names no time is given the minute that GitHub asks for, which is the provider most often behind a gateway.
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(60);

    /// <summary>What the answer means.</summary>
    /// <param name="request">The request, as it may be shown.</param>
    /// <param name="response">Status and headers.</param>
    /// <param name="body">What the body says.</param>
    /// <param name="sent">The secrets that the request carried.</param>
    /// <param name="now">The time, by this process's clock.</param>
    public static ScmError Classify(GatewayRequest request, HttpResponseMessage response, GatewayErrorBody body, SentSecrets sent, DateTimeOffset now)
    {
        var error = body.Provider is { } relayed ? OfProvider(request, (int)response.StatusCode, body, relayed) : OfPlatform(request, (int)response.StatusCode, body);
        var wait = error.Reason is ErrorReason.SecondaryRateLimit or ErrorReason.ServerError ? Wait(response, body, now) : null;
        var isGuessed = wait is null && error.Reason is ErrorReason.SecondaryRateLimit;
        return error with
        {
            RequestId = body.RequestId ?? (response.FirstHeader("X-Request-Id") is { } id ? sent.Clean(id) : null),
            RetryAt = now + (isGuessed ? DefaultWait : wait),
            IsRetryAtGuessed = isGuessed,
        };
    }

    /// <summary>By the provider's own status: the one that hides in its message, else the one it was relayed with.</summary>
    private static ScmError OfProvider(GatewayRequest request, int status, GatewayErrorBody body, ProviderAnswer relayed)
    {
        var own = relayed.Status ?? status;
        return new()
        {
            Reason = ProviderExceptions.ReasonOf(own),
            Origin = ErrorOrigin.Provider,
            Status = (HttpStatusCode)own,
            CredentialOwner = CredentialOwner.Customer,
            Provider = relayed with { Status = own <= 599 ? own : null },
            Message = $"{Number(own)} from the provider behind {Shown(request)}: {relayed.Message ?? body.Message ?? "it gave no message."}{Suffix("code", relayed.Code)}{Suffix("execution", relayed.ExecutionId)}",
        };
    }

    private static ScmError OfPlatform(GatewayRequest request, int status, GatewayErrorBody body)
    {
        var row = GatewayErrorTable.Find(status, body);
        return new()
        {
            Reason = row.Reason,
            Origin = ErrorOrigin.Platform,
            Status = (HttpStatusCode)status,
            CredentialOwner = row.Owner,
            IsServicesWord = body.Speaker is ErrorSpeaker.Platform,
            ServiceCode = body.Code,
            Message = $"{Number(status)} from the gateway for {Shown(request)}: {body.Message ?? "it gave no message."}{Suffix("code", body.Code)}",
        };
    }

    private static TimeSpan? Wait(HttpResponseMessage response, GatewayErrorBody body, DateTimeOffset now) =>
        (response.FirstHeader("Retry-After") is { } header ? WaitHeaders.RetryAfter(header, response.Headers.Date ?? now) : null) ?? body.RetryDelay;

    private static string Number(int status) => status.ToString(CultureInfo.InvariantCulture);

    private static string Shown(GatewayRequest request) => Redaction.Clean(request.ToString());

    private static string Suffix(string name, string? value) => value is null ? "" : $" ({name}: {value})";
}
