using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>What is left of the limits, as GitHub writes it.</summary>
internal static class RateLimitJson
{
    public static void Write(Utf8JsonWriter json, int limit, int used, DateTimeOffset resetsAt, DateTimeOffset now, bool hasRate)
    {
        json.WriteStartObject();
        json.WriteStartObject("resources");
        WriteLimit(json, "core", limit, used, resetsAt);

        // Nothing here uses these two; the limits are GitHub's for a user.
        WriteLimit(json, "search", limit: 30, used: 0, now + TimeSpan.FromMinutes(1));
        WriteLimit(json, "graphql", limit: 5000, used: 0, resetsAt);
        json.WriteEndObject();
        if (hasRate)
        {
            WriteLimit(json, "rate", limit, used, resetsAt);
        }

        json.WriteEndObject();
    }

    private static void WriteLimit(Utf8JsonWriter json, string name, int limit, int used, DateTimeOffset resetsAt)
    {
        json.WriteStartObject(name);
        json.WriteNumber("limit", limit);
        json.WriteNumber("remaining", Math.Max(0, limit - used));
        json.WriteNumber("used", used);
        json.WriteNumber("reset", resetsAt.ToUnixTimeSeconds());
        json.WriteEndObject();
    }
}
