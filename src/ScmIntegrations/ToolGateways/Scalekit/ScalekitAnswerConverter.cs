using System.Text.Json;
using System.Text.Json.Serialization;
using ScmIntegrations.Http;

namespace ScmIntegrations.ToolGateways.Scalekit;

/// <summary>An answer that reads itself from JSON that may be anything.</summary>
internal interface IScalekitAnswer<T>
    where T : IScalekitAnswer<T>
{
    /// <summary>Reads it.</summary>
    /// <exception cref="WrongShapeException">What has to be there is not.</exception>
    static abstract T Read(JsonElement answer);
}

/// <summary>Has an answer read itself, within the attempt, so that the retry sees what cannot be read.</summary>
internal sealed class ScalekitAnswerConverter<T> : JsonConverter<T>
    where T : IScalekitAnswer<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.Read(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => throw new NotSupportedException();
}
