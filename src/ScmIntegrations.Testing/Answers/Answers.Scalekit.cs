namespace ScmIntegrations.Testing;

/// <content>Scalekit's errors.</content>
public static partial class Answers
{
    private const string ScalekitErrorInfo = "type.googleapis.com/scalekit.v1.errdetails.ErrorInfo";

    /// <summary>An error of Scalekit's own: <c>google.rpc.Status</c> as JSON, with its code in an <c>ErrorInfo</c>.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="message">The message.</param>
    /// <param name="errorCode">The code, for example <c>UNAUTHENTICATED</c>; <see langword="null"/> for an error without details.</param>
    /// <returns>The answer.</returns>
    public static Answer ScalekitError(int status, string message, string? errorCode = null) => new JsonAnswer(status, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", RpcCode(status));
        json.WriteString("message", message);
        json.WriteStartArray("details");
        if (errorCode is not null)
        {
            json.WriteStartObject();
            json.WriteString("@type", ScalekitErrorInfo);
            json.WriteString("error_code", errorCode);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>An error of a provider's that Scalekit relays: <c>TOOL_ERROR</c>, with what the provider said.</summary>
    /// <param name="status">The HTTP status of the gateway, which need not be the provider's.</param>
    /// <param name="message">The provider's words; a gateway may put the provider's whole answer here, as JSON. <see langword="null"/> for none.</param>
    /// <param name="code">The provider's code; <see langword="null"/> for none.</param>
    /// <param name="executionId">The id of the execution; <see langword="null"/> for none.</param>
    /// <returns>The answer.</returns>
    public static Answer ScalekitToolError(int status, string? message = "The provider says no.", string? code = "PROVIDER_ERROR", string? executionId = "exec_1") =>
        new JsonAnswer(status, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("code", RpcCode(status));
            json.WriteString("message", "tool execution failed");
            json.WriteStartArray("details");
            json.WriteStartObject();
            json.WriteString("@type", ScalekitErrorInfo);
            json.WriteString("error_code", "TOOL_ERROR");
            json.WriteStartObject("tool_error_info");
            json.WriteString("execution_id", executionId);
            json.WriteString("tool_error_code", code);
            json.WriteString("tool_error_message", message);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });

    /// <summary>The gRPC code that a gateway of gRPC shows as this HTTP status.</summary>
    private static int RpcCode(int status) => status switch
    {
        400 => 3,
        401 => 16,
        403 => 7,
        404 => 5,
        409 => 6,
        429 => 8,
        499 => 1,
        501 => 12,
        503 => 14,
        504 => 4,
        >= 500 => 13,
        _ => 2,
    };
}
