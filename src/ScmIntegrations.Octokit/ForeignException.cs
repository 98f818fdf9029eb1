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
    public static ScmError Read(ApiException exception, Uri? apiAddress, TimeProvider? timeProvider)
    {
        var unknown = new ScmError { Reason = ErrorReason.Unknown, Origin = ErrorOrigin.GitHub, Message = Words(exception.Message) };

        // Some are made with a message alone, or of any number.
        if ((int)exception.StatusCode is < 100 or > 999)
        {
            return unknown;
        }

        var answer = new GitHubAnswer((int)exception.StatusCode) { Body = BodyOf(exception) };
        answer = exception.HttpResponse?.Headers is { } headers ? answer with { Headers = [.. headers] } : answer;
        answer = apiAddress is null ? answer : answer with { ApiAddress = apiAddress };
        return answer.ToException(timeProvider)?.Error ?? unknown with { Status = exception.StatusCode };
    }

    /// <summary>What a message says, unless it is a page: Octokit takes that for one.</summary>
    private static string Words(string message) => message.AsSpan().TrimStart() is ['<', ..] ? "" : Redaction.Clean(message);

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
            json.WriteString("message", Words(exception.ApiError?.Message ?? exception.Message));
            json.WriteString("documentation_url", exception.ApiError?.DocumentationUrl);
            json.WriteStartArray("errors");
            foreach (var error in exception.ApiError?.Errors?.OfType<ApiErrorDetail>() ?? [])
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
