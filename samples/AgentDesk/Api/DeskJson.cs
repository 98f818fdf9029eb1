using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentDesk.Api;

/// <summary>The shapes of the API, generated at build time.</summary>
[JsonSerializable(typeof(LaunchOrder))]
[JsonSerializable(typeof(LaunchAnswer))]
[JsonSerializable(typeof(RepositoriesAnswer))]
[JsonSerializable(typeof(TasksAnswer))]
internal sealed partial class DeskJson : JsonSerializerContext
{
    /// <summary>Names as the library's own report has them, for example <c>failure_type</c>.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.TypeInfoResolverChain.Insert(0, Default);
    }
}
