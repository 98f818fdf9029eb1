using System.Buffers;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.GraphQL;

/// <summary>Makes requests of queries, and answers of what comes back.</summary>
internal static class GraphQLReader
{
    private const int MaxErrors = 1000;

    /// <summary>
    /// What GitHub's types of errors are called in REST, so that the same table says what they mean. What has no type is a
    /// mistake in the document, or GitHub's own trouble, which says so in words.
    /// </summary>
    private static readonly (string? Type, string? Words, HttpStatusCode StandsFor)[] Types =
    [
        ("RATE_LIMITED", null, HttpStatusCode.TooManyRequests),
        ("FORBIDDEN", null, HttpStatusCode.Forbidden),
        ("INSUFFICIENT_SCOPES", null, HttpStatusCode.Forbidden),
        ("NOT_FOUND", null, HttpStatusCode.NotFound),
        ("SERVICE_UNAVAILABLE", null, HttpStatusCode.ServiceUnavailable),
        ("INTERNAL", null, HttpStatusCode.InternalServerError),
        (null, "something went wrong", HttpStatusCode.InternalServerError),
        (null, "timeout", HttpStatusCode.GatewayTimeout),
        (null, "timedout", HttpStatusCode.GatewayTimeout),
        (null, "rate limit", HttpStatusCode.TooManyRequests),
        (null, null, HttpStatusCode.UnprocessableEntity),
    ];

    /// <summary>The request that carries a query.</summary>
    public static GitHubRequest ToRequest(GraphQLQuery query, GitHubHost host)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("query", query.Text);
            if (!query.Variables.IsEmpty)
            {
                json.WritePropertyName("variables");
                json.WriteRawValue(query.Variables.Span);
            }

            json.WriteEndObject();
        }

        return GitHubRequest.Create(HttpMethod.Post, "/graphql") with
        {
            Name = query.Name,
            Operation = query.Operation,
            Body = body.WrittenMemory,
            Address = host.GraphQLAddress,
            Accept = "application/json",
        };
    }

    /// <summary>Reads an answer within the attempt, so that a 200 that is an error is retried as one.</summary>
    public static ResponseReader<GraphQLAnswer<T>> Read<T>(JsonTypeInfo<T> dataType) => async (response, cancellationToken) =>
    {
        var envelope = await response.ReadJsonAsync(GraphQLJson.Default.GraphQLEnvelope, cancellationToken).ConfigureAwait(false);
        GraphQLError[] errors = [.. (envelope.Errors ?? []).Take(MaxErrors).Select(ToError)];
        if (!HoldsAnything(envelope.Data))
        {
            throw errors.Length == 0
                ? new WrongShapeException("The answer has neither data nor errors.")
                : Refusal(response, errors);
        }

        return new(
            envelope.Data.Deserialize(dataType) ?? throw new WrongShapeException("The data is null."),
            errors);
    };

    /// <summary>Data whose every field is null says no more than its errors.</summary>
    private static bool HoldsAnything(JsonElement data) =>
        data.ValueKind is JsonValueKind.Object && data.EnumerateObject().Any(field => field.Value.ValueKind is not JsonValueKind.Null);

    private static AnswerIsErrorException Refusal(GitHubResponse response, GraphQLError[] errors)
    {
        var first = errors[0];
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("message", first.Message);
            json.WriteStartArray("errors");
            foreach (var error in errors)
            {
                json.WriteStringValue(error.Message);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new AnswerIsErrorException(
            response.As(StatusOf(first), body.WrittenMemory),
            $"GraphQL: {first.Type ?? "error"}: {first.Message}");
    }

    private static HttpStatusCode StatusOf(GraphQLError error) => Types.First(row =>
        (row.Type is null || row.Type.Equals(error.Type, StringComparison.OrdinalIgnoreCase))
        && (row.Words is null || error.Message.Contains(row.Words, StringComparison.OrdinalIgnoreCase))).StandsFor;

    private static GraphQLError ToError(GraphQLErrorWire? wire) => new(
        wire?.Message is { Length: > 0 } message ? Redaction.Clean(message) : "GitHub gave no message.",
        wire?.Type is { } type ? Redaction.Clean(type) : null,
        wire?.Path is { ValueKind: JsonValueKind.Array } path ? string.Join('/', path.EnumerateArray().Take(100)) : "");
}
