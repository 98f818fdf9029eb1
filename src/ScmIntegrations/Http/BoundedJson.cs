using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ScmIntegrations.Http;

/// <summary>Reads a JSON body no deeper than a bound, without reflection. A body of <c>null</c> is refused like any other wrong shape.</summary>
internal sealed class BoundedJson(int maxDepth)
{
    private readonly ConcurrentDictionary<JsonTypeInfo, JsonTypeInfo> _bounded = new();

    /// <summary>Reads one value and the end of the body.</summary>
    /// <exception cref="JsonException">The body is empty, <c>null</c>, too deep, broken, or of another shape.</exception>
    public async Task<T> ReadAsync<T>(Stream body, JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken)
    {
        var bounded = (JsonTypeInfo<T>)_bounded.GetOrAdd(typeInfo, Bound);
        return await JsonSerializer.DeserializeAsync(body, bounded, cancellationToken).ConfigureAwait(false)
            ?? throw new JsonException("The body is null.");
    }

    private JsonTypeInfo Bound(JsonTypeInfo typeInfo) =>
        typeInfo.Options.MaxDepth == maxDepth
            ? typeInfo
            : new JsonSerializerOptions(typeInfo.Options) { MaxDepth = maxDepth }.GetTypeInfo(typeInfo.Type);
}
