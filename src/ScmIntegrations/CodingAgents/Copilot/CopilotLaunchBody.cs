using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ScmIntegrations.CodingAgents.Copilot;

/// <summary>What a launch sends, as it is documented or as it was before.</summary>
internal static class CopilotLaunchBody
{
    // Nobody puts this into a page; the stricter writing makes code six times as long, and the prompt has a limit.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(CodingAgentRequest request, string prompt, CopilotAgentOptions options, bool isOlder)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, Plain))
        {
            json.WriteStartObject();
            json.WriteString(isOlder ? "problem_statement" : "prompt", prompt);
            if (isOlder)
            {
                json.WriteString("event_type", options.EventType);
            }

            json.WriteBoolean("create_pull_request", request.CreatePullRequest);
            WriteUnlessNull(json, "base_ref", request.BaseRef);
            WriteUnlessNull(json, "model", request.Model);
            if (!isOlder)
            {
                WriteUnlessNull(json, "custom_agent", options.CustomAgent);
            }

            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    private static void WriteUnlessNull(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
