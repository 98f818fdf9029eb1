using System.Collections.Concurrent;
using System.Text;
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
        var bounded = (JsonTypeInfo<T>)_bounded.GetOrAdd(typeInfo, static (one, depth) => Bound(one, depth), maxDepth);
        try
        {
            return await JsonSerializer.DeserializeAsync(body, bounded, cancellationToken).ConfigureAwait(false)
                ?? throw new WrongShapeException("The body is null.");
        }
        catch (JsonException exception) when (!SpeaksForItself(exception, body))
        {
            throw Understand(exception, body);
        }
    }

    /// <summary>Has a parser read one value and the end of the body, and tells its errors apart like those of any other body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="parse">The parser. What it finds broken comes with the reader's own complaint as the cause.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="WrongShapeException">The body is empty, or sound JSON of another shape.</exception>
    /// <exception cref="BodyTooLargeException">The body is nested too deep.</exception>
    /// <exception cref="JsonException">The body is no JSON, or broken.</exception>
    public async Task<T> ReadAsync<T>(Stream body, JsonParser<T> parse, CancellationToken cancellationToken)
    {
        try
        {
            return await parse(body, maxDepth, cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException exception) when (!SpeaksForItself(exception, body))
        {
            throw Understand(exception, body);
        }
    }

    /// <summary>Reads a body in memory to its end, without making anything of it.</summary>
    /// <param name="body">The body.</param>
    /// <param name="isJson">Whether it is to be JSON; otherwise it only must not be empty.</param>
    /// <exception cref="WrongShapeException">The body is empty.</exception>
    /// <exception cref="BodyTooLargeException">The body is nested too deep.</exception>
    /// <exception cref="JsonException">The body is no JSON, or broken.</exception>
    public void Check(ReadOnlySpan<byte> body, bool isJson)
    {
        body = body.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
        if (body.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw new WrongShapeException("The body is empty.");
        }

        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = maxDepth });
        try
        {
            while (isJson && reader.Read())
            {
            }
        }
        catch (JsonException exception)
        {
            throw IsTooDeep(exception) ? TooDeep(exception) : new JsonException(exception.Message, "$", exception.LineNumber, exception.BytePositionInLine, exception);
        }
    }

    /// <summary>What a complaint means that does not say so itself.</summary>
    private Exception Understand(JsonException exception, Stream body) =>
        IsEmpty(body) ? new WrongShapeException("The body is empty.", exception)
        : IsTooDeep(exception) ? TooDeep(exception)
        : new WrongShapeException(exception);

    private BodyTooLargeException TooDeep(JsonException exception) => new($"The body is nested deeper than the bound of {maxDepth} levels.", exception);

    // The reader's own complaints come as an inner exception of the serializer's; what is left is a matter of shape.
    private static bool SpeaksForItself(JsonException exception, Stream body) =>
        !IsEmpty(body) && !IsTooDeep(exception) && (exception is WrongShapeException || exception.InnerException is JsonException);

    private static bool IsEmpty(Stream body) => body is BoundedStream { Position: 0 };

    // The parser has no other sign for it. Its messages are not translated, and a test stands guard.
    private static bool IsTooDeep(JsonException exception) => exception.Message.Contains("maximum configured depth", StringComparison.Ordinal);

    private static JsonTypeInfo Bound(JsonTypeInfo typeInfo, int maxDepth) =>
        typeInfo.Options.MaxDepth == maxDepth
            ? typeInfo
            : new JsonSerializerOptions(typeInfo.Options) { MaxDepth = maxDepth }.GetTypeInfo(typeInfo.Type);
}

/// <summary>Reads a body as JSON that is nested no deeper than a bound.</summary>
internal delegate Task<T> JsonParser<T>(Stream body, int maxDepth, CancellationToken cancellationToken);
