using ScmIntegrations.Http;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.CodingAgents.Transport;

/// <summary>One request to an agent's service. Prints without its query and body.</summary>
internal sealed record AgentRequest
{
    private AgentRequest(HttpMethod method, string path, OperationClass operation) =>
        (Method, Path, Operation) = (method, path, operation);

    public HttpMethod Method { get; }

    /// <summary>Path and query below the service's address, with a leading slash.</summary>
    public string Path { get; }

    /// <summary>How safe it is to send twice.</summary>
    public OperationClass Operation { get; }

    /// <summary>Whether it starts an agent.</summary>
    public bool IsLaunch { get; private init; }

    /// <summary>The body, in memory, so that every attempt can send it.</summary>
    public ReadOnlyMemory<byte> Body { get; private init; }

    /// <summary>A request that changes nothing.</summary>
    public static AgentRequest Read(string path) => new(HttpMethod.Get, path, OperationClass.Read);

    /// <summary>A request that has an effect each time it is sent.</summary>
    public static AgentRequest Write(string path, ReadOnlyMemory<byte> body = default) => new(HttpMethod.Post, path, OperationClass.Write) { Body = body };

    /// <summary>A request that starts an agent.</summary>
    public static AgentRequest Launch(string path, ReadOnlyMemory<byte> body) => Write(path, body) with { IsLaunch = true };

    public HttpRequestMessage ToMessage(Uri address) => JsonRequestMessage.Create(Method, address, Path, Body);

    public override string ToString() => $"{Method} {Path.Split('?')[0]}";
}
