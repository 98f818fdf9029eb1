using System.Text.Json;

namespace ScmIntegrations.Http;

/// <summary>The body can be read, and is not what was due. Becomes <c>unreadable_response</c> before it reaches a caller.</summary>
internal sealed class WrongShapeException : JsonException
{
    public WrongShapeException(string message)
        : base(message)
    {
    }

    public WrongShapeException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>Takes over where the serializer stopped.</summary>
    public WrongShapeException(JsonException found)
        : base(found.Message, found.Path, found.LineNumber, found.BytePositionInLine, found)
    {
    }
}
