using Microsoft.Extensions.Primitives;

namespace ScmIntegrations.Testing;

/// <summary>A recorded answer: its bytes and its headers, which win over those that the fake gives every answer.</summary>
internal sealed class WireMockAnswer(int status, IReadOnlyList<(string Name, string[] Values)> headers, ReadOnlyMemory<byte> body) : Answer
{
    internal override async Task WriteAsync(AnswerContext answering)
    {
        var response = answering.Response;
        response.StatusCode = status;
        foreach (var (name, values) in headers)
        {
            response.Headers[name] = new StringValues(values);
        }

        if (status is not (204 or 304))
        {
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, answering.CancellationToken).ConfigureAwait(false);
        }
    }
}
