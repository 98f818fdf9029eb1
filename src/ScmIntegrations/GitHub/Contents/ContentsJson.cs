using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScmIntegrations.GitHub.Contents;

/// <summary>The shapes read from contents, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(List<ContentEntryWire>))]
internal sealed partial class ContentsJson : JsonSerializerContext;

/// <summary>An entry of a directory, as <c>GET /repos/{owner}/{repo}/contents/{path}</c> lists it.</summary>
internal sealed record ContentEntryWire
{
    public required string Path { get; init; }

    public required string Type { get; init; }

    public required string Sha { get; init; }

    public long? Size { get; init; }
}
