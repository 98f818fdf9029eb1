using System.Net.Http.Headers;
using System.Text;
using Octokit.Internal;

namespace ScmIntegrations.Octokit.Transport;

/// <summary>A request of Octokit's as a message.</summary>
internal static class OctokitRequestMessage
{
    /// <summary>Makes the message. The user agent is the line's to set, as the credential is.</summary>
    /// <exception cref="NotSupportedException">The request brings a credential.</exception>
    /// <exception cref="FormatException">A header's value cannot stand in one.</exception>
    public static HttpRequestMessage Of(IRequest request, Uri address)
    {
        var message = new HttpRequestMessage(request.Method, address);
        try
        {
            foreach (var (name, value) in request.Headers)
            {
                if (name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
                {
                    throw new NotSupportedException("The client that this Octokit belongs to brings its credential to every request; this one came with another. Register a client with that one (AddGitHub), and AddOctokit for it.");
                }

                if (!name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase))
                {
                    message.Headers.Add(name, value);
                }
            }

            message.Content = ContentOf(request);
            return message;
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    private static HttpContent? ContentOf(IRequest request) => request.Body switch
    {
        HttpContent content => content,
        string text => new StringContent(text, Encoding.UTF8, MediaTypeOf(request)),
        Stream stream => new StreamContent(stream) { Headers = { ContentType = MediaTypeHeaderValue.Parse(MediaTypeOf(request)) } },
        _ => null,
    };

    private static string MediaTypeOf(IRequest request) => string.IsNullOrEmpty(request.ContentType) ? "application/octet-stream" : request.ContentType;
}
