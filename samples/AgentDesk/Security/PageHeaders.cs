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
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        return next(context);
    });
}
