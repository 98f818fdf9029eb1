using System.Net;
using System.Net.Http.Headers;

namespace ScmIntegrations.GitHub.Transport;

/// <summary>Makes a new message for every attempt, because a message can be sent only once.</summary>
internal static class GitHubRequestMessage
{
    public static HttpRequestMessage Create(GitHubRequest request, GitHubHost host, GitHubIntegrationOptions options)
    {
        var message = new HttpRequestMessage(request.Method, host.Resolve(request)) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher };
        if (!request.Body.IsEmpty)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        }
        else if (request.Method != HttpMethod.Head)
        {
            // The socket handler quietly sends a request again, up to three times, when the connection closes before an answer,
            // unless it has begun to send content. One layer retries, and it is not that one.
            message.Content = new ReadOnlyMemoryContent(default);
        }

        foreach (var (name, values) in request.ForeignHeaders)
        {
            if (!message.Headers.TryAddWithoutValidation(name, values) && message.Content is { } content)
            {
                content.Headers.Remove(name);
                content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        SetUnlessPresent(message.Headers, "User-Agent", options.UserAgent);
        SetUnlessPresent(message.Headers, "Accept", request.Accept);
        SetUnlessPresent(message.Headers, "X-GitHub-Api-Version", options.ApiVersion);
        return message;
    }

    private static void SetUnlessPresent(HttpRequestHeaders headers, string name, string value)
    {
        if (!headers.NonValidated.Contains(name))
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }
}
