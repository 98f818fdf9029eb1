using System.Diagnostics;
using System.Net.Http.Headers;
using ScmIntegrations.Http;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.ToolGateways;

/// <summary>One request to a gateway. Prints without its query and body.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query below the gateway's address, with a leading slash.</param>
internal sealed record GatewayRequest(HttpMethod Method, string Path)
{
    /// <summary>How safe it is to send twice; by the method, unless it is known better.</summary>
    public OperationClass Operation { get; init; } = ByMethod(Method);

    /// <summary>What else is known of it beforehand, for the retry.</summary>
    public RetryCondition Nature { get; init; }

    /// <summary>How long one attempt may take; <see langword="null"/> for what the options say.</summary>
    public TimeSpan? AttemptTimeout { get; init; }

    /// <summary>The secrets that it carries besides the token, which no answer may bring into a message.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Whether a success may have no body.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>The body, in memory, so that every attempt can send it.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What the body is.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>A new message, because one can be sent only once.</summary>
    public HttpRequestMessage ToMessage(Uri address, GatewayToken? token)
    {
        var message = JsonRequestMessage.Create(Method, address, Path, Body, ContentType);
        if (token is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        }

        return message;
    }

    public override string ToString() => $"{Method} {Path.Split('?')[0]}";

    private static OperationClass ByMethod(HttpMethod method) => method.Method switch
    {
        "GET" or "HEAD" => OperationClass.Read,
        "PUT" or "DELETE" => OperationClass.IdempotentWrite,
        _ => OperationClass.Write,
    };
}
