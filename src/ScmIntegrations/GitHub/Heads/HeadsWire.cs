using System.Text.Json.Serialization;

namespace ScmIntegrations.GitHub.Heads;

/// <summary>The variables of the query for heads.</summary>
internal sealed record HeadsVariables(IReadOnlyList<string> Ids);

/// <summary>Its data: a node for each id, in order; null for what cannot be seen.</summary>
internal sealed record HeadsWire
{
    public List<HeadNodeWire?>? Nodes { get; init; }
}

/// <summary>A repository.</summary>
internal sealed record HeadNodeWire
{
    public long? DatabaseId { get; init; }

    public string? NameWithOwner { get; init; }

    public bool? IsEmpty { get; init; }

    public HeadBranchWire? DefaultBranchRef { get; init; }
}

/// <summary>Its default branch; null while the branch has no commit.</summary>
internal sealed record HeadBranchWire
{
    public string? Name { get; init; }

    public HeadTargetWire? Target { get; init; }
}

/// <summary>What the branch points to.</summary>
internal sealed record HeadTargetWire
{
    public string? Oid { get; init; }

    public HeadTreeWire? Tree { get; init; }
}

/// <summary>The tree of a commit.</summary>
internal sealed record HeadTreeWire
{
    public string? Oid { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HeadsVariables))]
[JsonSerializable(typeof(HeadsWire))]
internal sealed partial class HeadsJson : JsonSerializerContext;
