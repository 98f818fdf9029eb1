using System.Globalization;
using System.Text;

using Microsoft.AspNetCore.Http;

namespace ScmIntegrations.Testing;

/// <summary>How Cursor answers: generation, credential, route.</summary>
internal sealed class CursorServer(FakeCursorOptions options, CancellationToken stopping) : ServerCore(options.TimeProvider, "", stopping)
{
    private readonly CursorRouteTable _routes = CursorRouteTable.Create();

    public FakeCursorOptions Options => options;

    public CursorState State { get; } = new();

    protected override string Name => "The fake Cursor";

    protected override IEnumerable<KnownRoute> Routes => _routes.Known;

    protected override Func<Answer> Begin(HttpContext context, RecordedRequest request)
    {
        context.Response.Headers.Date = options.TimeProvider.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        var key = ReadKey(context.Request.Headers.Authorization.ToString());
        var call = new CursorCall(context, this, request, key is not null && State.Keys.TryGetValue(key, out var owner) ? owner : null);
        return () => Answer(call);
    }

    protected override Answer Refuse(int status, string message) => Answers.CursorError(status, "unmatched_request", message);

    private Answer Answer(CursorCall call)
    {
        var route = _routes.Find(call);
        call.Request.Matched = route is not null;
        bool? isServed = call.Request.Path.StartsWith("/v1/", StringComparison.Ordinal) ? options.ServesV1
            : call.Request.Path.StartsWith("/v0/", StringComparison.Ordinal) ? options.ServesV0
            : null;
        return route is null && isServed is not false && options.UnmatchedRequests is UnmatchedRequestHandling.Throw ? Unmatched(call.Request)
            : isServed is not true ? Answers.Text(404, "<!DOCTYPE html><html><body>404: This page could not be found.</body></html>", "text/html; charset=utf-8")
            : call.Owner is null && options.RequireCredentials ? Answers.CursorError(401, "unauthorized", "Invalid API key.")
            : route is null ? Answers.CursorError(404, "not_found", "Not found.")
            : route.Handle(call);
    }

    /// <summary>The key: a bearer token, or the user name of a basic credential.</summary>
    private static string? ReadKey(string header)
    {
        if (header.Split(' ', 2) is not [var scheme, var value])
        {
            return null;
        }

        if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return value;
        }

        var bytes = new byte[value.Length];
        return scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && Convert.TryFromBase64String(value, bytes, out var count)
            ? Encoding.UTF8.GetString(bytes, 0, count).Split(':')[0]
            : null;
    }
}
