using System.Globalization;
using ScmIntegrations.Errors;
using ScmIntegrations.Http;

namespace ScmIntegrations.CodingAgents.Transport;

/// <summary>Turns status, headers and body of a service's error into one error with a reason.</summary>
internal static class AgentErrorClassifier
{
    // Services that name no time mean about a minute, as most of their limits are by the minute.
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(60);

    /// <summary>What the answer means.</summary>
    /// <param name="service">Whose answer it is.</param>
    /// <param name="request">The request.</param>
    /// <param name="response">Status and headers.</param>
    /// <param name="body">What the body says.</param>
    /// <param name="now">The time, by this process's clock.</param>
    public static ScmError Classify(AgentService service, AgentRequest request, HttpResponseMessage response, AgentErrorBody body, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var reason = AgentErrorTable.Find(service.Errors, status, body).Reason;
        var wait = reason is ErrorReason.SecondaryRateLimit or ErrorReason.PrimaryRateLimit or ErrorReason.ServerError && response.FirstHeader("Retry-After") is { } header
            ? WaitHeaders.RetryAfter(header, response.SentAt() ?? now)
            : null;
        var isGuessed = wait is null && reason is ErrorReason.SecondaryRateLimit or ErrorReason.PrimaryRateLimit;
        return new()
        {
            Reason = reason,
            Origin = ErrorOrigin.Platform,
            Status = response.StatusCode,
            CredentialOwner = service.Owner,
            ServiceCode = body.Code,
            IsServicesWord = body.IsServices,
            RequestId = response.FirstHeader("X-Request-Id") is { } id ? Redaction.Clean(id, service.Secrets) : null,
            RetryAt = now + (isGuessed ? DefaultWait : wait),
            IsRetryAtGuessed = isGuessed,
            ValidationErrors = reason is ErrorReason.ValidationFailed && body.Message is { } complaint ? [complaint] : [],
            Message = $"{status.ToString(CultureInfo.InvariantCulture)} from {service.DisplayName} for {Redaction.Clean(request.ToString())}: {body.Message ?? "it gave no message."}{(body.Code is { } code ? $" (code: {code})" : "")}",
        };
    }
}
