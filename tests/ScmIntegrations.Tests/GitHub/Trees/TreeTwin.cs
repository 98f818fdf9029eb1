using System.Text.Json.Serialization;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>A tree as the serializer reads it: what the streaming reader has to agree with.</summary>
internal sealed record TreeTwin
{
    public required string Sha { get; init; }

    public required List<TreeEntryTwin?> Tree { get; init; }

    public bool Truncated { get; init; }
}

/// <summary>An entry as the serializer reads it.</summary>
internal sealed record TreeEntryTwin
{
    public required string Path { get; init; }

    public required string Mode { get; init; }

    public required string Type { get; init; }

    public required string Sha { get; init; }

    public long? Size { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TreeTwin))]
internal sealed partial class TreeTwinJson : JsonSerializerContext;
