using System.Text.Json.Nodes;

namespace ScmIntegrations.Tests.ToolGateways;

/// <summary>Errors as a platform sends them.</summary>
internal static class GatewayAnswers
{
    private const string ErrorInfo = "type.googleapis.com/scalekit.v1.errdetails.ErrorInfo";

    /// <summary>The platform's own error; without a code when it is <see langword="null"/>.</summary>
    public static FakeAnswer Platform(int status, string? code = null, string message = "The platform says no.") =>
        new(status, PlatformBody(code, message));

    public static string PlatformBody(string? code, string message = "The platform says no.") =>
        code is null ? Status(message) : Status(message, new JsonObject { ["@type"] = ErrorInfo, ["error_code"] = code, ["tool_error_info"] = null });

    /// <summary>A provider's error that the platform relays.</summary>
    public static FakeAnswer Provider(int status, string? message = "The provider says no.", string? code = "EXEC_FAILED", string? execution = "exec_7") =>
        new(status, ProviderBody(message, code, execution));

    public static string ProviderBody(string? message = "The provider says no.", string? code = "EXEC_FAILED", string? execution = "exec_7") =>
        Status("The tool failed.", new JsonObject
        {
            ["@type"] = ErrorInfo,
            ["error_code"] = "TOOL_ERROR",
            ["tool_error_info"] = new JsonObject { ["execution_id"] = execution, ["tool_error_message"] = message, ["tool_error_code"] = code },
        });

    /// <summary>The same error with field names in lowerCamelCase.</summary>
    public static string CamelCase(string body) => body
        .Replace("error_code", "errorCode", StringComparison.Ordinal).Replace("tool_errorCode", "toolErrorCode", StringComparison.Ordinal)
        .Replace("tool_error_info", "toolErrorInfo", StringComparison.Ordinal).Replace("tool_error_message", "toolErrorMessage", StringComparison.Ordinal)
        .Replace("execution_id", "executionId", StringComparison.Ordinal);

    public static string Status(string message, params JsonNode[] details) =>
        new JsonObject { ["code"] = 3, ["message"] = message, ["details"] = new JsonArray(details) }.ToJsonString();

    /// <summary>The status as the wire has it, in a provider's answer that is written into a message.</summary>
    public static string Hidden(string status, string message = "Not Found") => $$"""{"message":"{{message}}","status":{{status}}}""";
}
