using System.Text.Json;
using System.Text.Json.Serialization;
using ScmIntegrations.CodingAgents.Failures;

namespace ScmIntegrations.CodingAgents.Launching;

/// <summary>Writes a type's wire name, and reads whatever stands there.</summary>
internal sealed class LaunchFailureTypeConverter : JsonConverter<LaunchFailureType>
{
    public override bool HandleNull => true;

    public override LaunchFailureType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String)
        {
            return LaunchFailureTypes.Parse(reader.GetString());
        }

        reader.Skip();
        return LaunchFailureType.Generic;
    }

    public override void Write(Utf8JsonWriter writer, LaunchFailureType value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToName());
}
