using System.Text.Json;

namespace ScmIntegrations.ToolGateways;

/// <summary>What a tool gave.</summary>
/// <param name="Data">Its data, whatever JSON that is; an empty object when it gave none.</param>
/// <param name="ExecutionId">The gateway's id of the execution, for its support; <see langword="null"/> when it named none.</param>
public sealed record ToolResult(JsonElement Data, string? ExecutionId)
{
    /// <summary>The id; never the data.</summary>
    /// <returns>For example <c>execution exec_7</c>.</returns>
    public override string ToString() => $"execution {ExecutionId ?? "without an id"}";
}
