using System.Net;
using Octokit;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Octokit.Transport;

/// <summary>A response as Octokit takes it, with what the line found it to mean. An exception of Octokit's keeps it, and with it the meaning.</summary>
internal sealed class OctokitResponse : IResponse
{
    public required HttpStatusCode StatusCode { get; init; }

    /// <summary>A text or a stream.</summary>
    public required object Body { get; init; }

    /// <summary>The media type, by which Octokit decides how to read the body.</summary>
    public required string? ContentType { get; init; }

    /// <summary>The headers, those of the body included; several values of one are joined by a comma.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required ApiInfo ApiInfo { get; init; }

    /// <summary>The line's error.</summary>
    public ScmException? Error { get; init; }
}
