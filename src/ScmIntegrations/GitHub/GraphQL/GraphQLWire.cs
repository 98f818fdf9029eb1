using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScmIntegrations.GitHub.GraphQL;

/// <summary>The envelope of every answer (spec.graphql.org, October 2021, section 7.1).</summary>
internal sealed record GraphQLEnvelope
{
    public JsonElement Data { get; init; }

    public List<GraphQLErrorWire?>? Errors { get; init; }
}

/// <summary>One error; <c>type</c> is GitHub's own.</summary>
internal sealed record GraphQLErrorWire
{
    public string? Message { get; init; }

    public string? Type { get; init; }

    public JsonElement Path { get; init; }
}

/// <summary>The envelope, with the names of the specification.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GraphQLEnvelope))]
internal sealed partial class GraphQLJson : JsonSerializerContext;
