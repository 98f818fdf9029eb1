using System.Net;
using System.Net.Http.Headers;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Limits;

namespace ScmIntegrations.GitHub.Transport;

/// <summary>
/// One attempt on the wire: made anew for every attempt, because a message can be sent only once. It carries what the credential's
/// handler needs to know of it.
/// </summary>
internal sealed class GitHubRequestMessage : HttpRequestMessage
{
    private readonly GitHubRequest _request;
    private readonly RateLimitGate _gate;

    public GitHubRequestMessage(GitHubRequest request, GitHubHost host, GitHubIntegrationOptions options, IGitHubCredential credential, ResilientCall call, RateLimitGate gate)
        : base(request.Method, host.Resolve(request))
    {
        (_request, _gate, Credential, Call) = (request, gate, credential, call);
        (Version, VersionPolicy) = (HttpVersion.Version11, HttpVersionPolicy.RequestVersionOrHigher);
        if (!request.Body.IsEmpty)
        {
            Content = new ReadOnlyMemoryContent(request.Body);
            Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        }
        else if (request.Method != HttpMethod.Head)
        {
            // The socket handler quietly sends a request again, up to three times, when the connection closes before an answer,
            // unless it has begun to send content. One layer retries, and it is not that one.
            Content = new ReadOnlyMemoryContent(default);
        }

        foreach (var (name, values) in request.ForeignHeaders)
        {
            if (!Headers.TryAddWithoutValidation(name, values) && Content is { } content)
            {
                content.Headers.Remove(name);
                content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        SetUnlessPresent(Headers, "User-Agent", options.UserAgent);
        SetUnlessPresent(Headers, "Accept", request.Accept);
        SetUnlessPresent(Headers, "X-GitHub-Api-Version", options.ApiVersion);
    }

    /// <summary>Gives the token.</summary>
    public IGitHubCredential Credential { get; }

    /// <summary>The call that it is an attempt of.</summary>
    public ResilientCall Call { get; }

    /// <summary>The refusal, if a limit was met by somebody else meanwhile.</summary>
    public ScmException? HeldBack() => _request.IgnoresLimits ? null : _gate.Check(Credential.Identity, _request.RateLimitResource);

    private static void SetUnlessPresent(HttpRequestHeaders headers, string name, string value)
    {
        if (!headers.NonValidated.Contains(name))
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }
}
