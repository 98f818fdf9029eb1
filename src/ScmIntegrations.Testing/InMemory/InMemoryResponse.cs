using System.Net;

using Microsoft.AspNetCore.Http.Features;

namespace ScmIntegrations.Testing;

/// <summary>Turns what a server has sent into a client's message.</summary>
internal static class InMemoryResponse
{
    public static HttpResponseMessage Create(IHttpResponseFeature answer, HttpRequestMessage request, Stream body)
    {
        var message = new HttpResponseMessage((HttpStatusCode)answer.StatusCode)
        {
            RequestMessage = request,
            Version = HttpVersion.Version11,
            Content = new StreamContent(body),
        };
        foreach (var (name, values) in answer.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                message.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return message;
    }
}
