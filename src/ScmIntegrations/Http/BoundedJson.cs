using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ScmIntegrations.Http;

/// <summary>Reads a JSON body no deeper than a bound, without reflection. A body of <c>null</c> is refused like any other wrong shape.</summary>
internal sealed class BoundedJson(int maxDepth)
{
    private readonly ConcurrentDictionary<JsonTypeInfo, JsonTypeInfo> _bounded = new();

    /// <summary>Reads one value and the end of the body.</summary>
    /// <exception cref="WrongShapeException">The body is empty, <c>null</c>, or sound JSON of another shape.</exception>
    /// <exception cref="BodyTooLargeException">The body is nested too deep.</exception>
    /// <exception cref="JsonException">The body is no JSON, or broken.</exception>
    public async Task<T> ReadAsync<T>(Stream body, JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken)
    {
        var bounded = (JsonTypeInfo<T>)_bounded.GetOrAdd(typeInfo, Bound);
        try
        {
            return await JsonSerializer.DeserializeAsync(body, bounded, cancellationToken).ConfigureAwait(false)
                ?? throw new WrongShapeException("The body is null.");
        }
        catch (JsonException exception) when (body is BoundedStream { Position: 0 })
        {
            throw new WrongShapeException("The body is empty.", exception);
        }
        catch (JsonException exception) when (IsTooDeep(exception))
        {
            throw new BodyTooLargeException($"The body is nested deeper than the bound of {maxDepth} levels.", exception);
        }
        catch (JsonException exception) when (exception is not WrongShapeException && exception.InnerException is not JsonException)
        {
            // The reader's own complaints come as an inner exception of the serializer's; what is left is a matter of shape.
            throw new WrongShapeException(exception);
        }
    }

    // The parser has no other sign for it. Its messages are not translated, and a test stands guard.
    private static bool IsTooDeep(JsonException exception) => exception.Message.Contains("maximum configured depth", StringComparison.Ordinal);

    private JsonTypeInfo Bound(JsonTypeInfo typeInfo) =>
        typeInfo.Options.MaxDepth == maxDepth
            ? typeInfo
            : new JsonSerializerOptions(typeInfo.Options) { MaxDepth = maxDepth }.GetTypeInfo(typeInfo.Type);
}
