namespace AgentDesk.Security;

/// <summary>
/// Keeps other sites from launching agents through a visitor's browser. Two rules, each enough alone in today's browsers:
/// a body is JSON, which no form of another site can send and no script of one without asking first (and nobody is answered);
/// and the browser itself says that the page which sends it is ours (<c>Sec-Fetch-Site</c>, in older browsers <c>Origin</c>).
/// Programs send neither header and have no visitor's cookies to misuse. Host names are checked by <c>AllowedHosts</c>.
/// </summary>
internal static class SameOriginPosts
{
    public static void UseSameOriginPosts(this WebApplication desk) => desk.Use((context, next) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? next(context)
        : !context.Request.HasJsonContentType() ? RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "The body has to be application/json.")
        : !IsOurs(context.Request) ? RefuseAsync(context, StatusCodes.Status403Forbidden, "Only this application's own page may send this.")
        : next(context));

    private static bool IsOurs(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        return site.Length > 0
            ? site is "same-origin"
            : origin.Length == 0 || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private static Task RefuseAsync(HttpContext context, int status, string why) => Results.Problem(why, statusCode: status).ExecuteAsync(context);
}
