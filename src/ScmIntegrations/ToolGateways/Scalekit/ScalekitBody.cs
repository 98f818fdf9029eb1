using System.Text.Json.Nodes;

namespace ScmIntegrations.ToolGateways.Scalekit;

/// <summary>Bodies of which what is absent is left out.</summary>
internal static class ScalekitBody
{
    public static JsonObject WithText(this JsonObject body, string name, string? value)
    {
        if (value is not null)
        {
            body[name] = value;
        }

        return body;
    }
}
