using System.Net;
using System.Text;
using System.Text.Json;
using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Http;

namespace ScmIntegrations.Octokit;

/// <summary>Reads what an exception of Octokit's means that came another way than over a client's line, or was made by hand.</summary>
internal static class ForeignException
{
    private const HttpStatusCode None = default;

    public static ScmError Read(ApiException exception, GitHubErrorReader reader)
    {
        // Some are made with a message alone.
        using var response = new HttpResponseMessage(exception.StatusCode is None ? HttpStatusCode.InternalServerError : exception.StatusCode);
        if (exception.HttpResponse is { } answer)
        {
            foreach (var (name, value) in answer.Headers)
            {
                response.Headers.TryAddWithoutValidation(name, value);
            }
        }

        var error = reader.Read(response, BodyOf(exception));
        return exception.StatusCode is None ? error with { Reason = ErrorReason.Unknown, Status = null, Message = Redaction.Clean(exception.Message) } : error;
    }

    /// <summary>The body; of an exception without one, what it says.</summary>
    private static byte[] BodyOf(ApiException exception)
    {
        if (exception.HttpResponse?.Body is string body)
        {
            return Encoding.UTF8.GetBytes(body);
        }

        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("message", exception.ApiError?.Message ?? exception.Message);
            json.WriteString("documentation_url", exception.ApiError?.DocumentationUrl);
            json.WriteStartArray("errors");
            foreach (var error in exception.ApiError?.Errors ?? [])
            {
                json.WriteStartObject();
                json.WriteString("resource", error.Resource);
                json.WriteString("field", error.Field);
                json.WriteString("code", error.Code);
                json.WriteString("message", error.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return output.ToArray();
    }
}
