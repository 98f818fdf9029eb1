using System.Text.Json;

using Microsoft.AspNetCore.Http;

namespace ScmIntegrations.Testing;

/// <summary>One request on its way, with all that a route of Cursor needs.</summary>
internal sealed class CursorCall(HttpContext context, CursorServer server, RecordedRequest request, string? owner)
{
    public CursorState State => server.State;

    public FakeCursorOptions Options => server.Options;

    /// <summary>Whose key it is: an address, empty for a service account, <see langword="null"/> for no key that is known.</summary>
    public string? Owner => owner;

    public RecordedRequest Request => request;

    public IReadOnlyDictionary<string, string> Values { get; set; } = PathTemplate.NoValues;

    public string? Query(string name) =>
        context.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>The body as a JSON object; <see langword="null"/> when it is none.</summary>
    public JsonElement? Body()
    {
        try
        {
            using var document = JsonDocument.Parse(request.Body);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
