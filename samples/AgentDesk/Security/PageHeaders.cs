namespace AgentDesk.Security;

/// <summary>
/// Headers of every answer. The policy lets the page load its own files and nothing else: no inline script or style, no other
/// site's, and no site may put the page into a frame.
/// </summary>
internal static class PageHeaders
{
    private const string Policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void UsePageHeaders(this WebApplication desk) => desk.Use((context, next) =>
    {
        // As late as can be: an answer to an exception begins with headers that were cleared.
        context.Response.OnStarting(static response => SetAsync((HttpResponse)response), context.Response);
        return next(context);
    });

    private static Task SetAsync(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        return Task.CompletedTask;
    }
}
