using System.Text.Json;

using Microsoft.AspNetCore.Http;

namespace ScmIntegrations.Testing;

/// <summary>One request on its way, with all that a route of Scalekit needs.</summary>
internal sealed class ScalekitCall(HttpContext context, ScalekitServer server, RecordedRequest request)
{
    public ScalekitState State => server.State;

    public FakeScalekitOptions Options => server.Options;

    public RecordedRequest Request => request;

    /// <summary>The body as a JSON object; <see langword="null"/> when it is none.</summary>
    public JsonElement? Body { get; } = ScalekitWire.Parse(request.Body);

    /// <summary>The account that the query names.</summary>
    public ScalekitSelector QuerySelector => ScalekitSelector.From(Query);

    /// <summary>The account that the body names.</summary>
    public ScalekitSelector BodySelector => ScalekitSelector.From(Text);

    /// <summary>A value of the query that is not empty.</summary>
    public string? Query(string name) =>
        context.Request.Query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>All values of the query by one name.</summary>
    public IReadOnlyList<string> QueryAll(string name) =>
        context.Request.Query.TryGetValue(name, out var values) ? [.. values.OfType<string>().Where(value => value.Length > 0)] : [];

    /// <summary>A text of the body that is not empty.</summary>
    public string? Text(string name) => ScalekitWire.Text(Body, name);
}
