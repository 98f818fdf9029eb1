using System.Globalization;
using System.Security.Cryptography;

namespace ScmIntegrations.Testing;

/// <summary>The headers that GitHub puts on every answer.</summary>
internal static class CommonHeaders
{
    // The version GitHub answers with when none is asked for.
    private const string DefaultApiVersion = "2022-11-28";

    /// <summary>Writes them.</summary>
    /// <param name="call">The request.</param>
    /// <param name="isApi">Whether it is the API that answers, which has versions and limits, and not a page beside it.</param>
    public static void Write(Call call, bool isApi)
    {
        var headers = call.Context.Response.Headers;
        var version = call.Context.Request.Headers["X-GitHub-Api-Version"].ToString();
        headers.Date = call.Now.ToString("R", CultureInfo.InvariantCulture);
        headers.Server = "github.com";
        headers["X-GitHub-Request-Id"] = RandomNumberGenerator.GetHexString(32);
        if (!isApi)
        {
            return;
        }

        headers["X-GitHub-Media-Type"] = "github.v3; format=json";
        headers["X-GitHub-Api-Version-Selected"] = version.Length > 0 ? version : DefaultApiVersion;
        WriteRateLimit(call);
    }

    public static void WriteRateLimit(Call call)
    {
        var headers = call.Context.Response.Headers;
        var (limit, used, remaining, resetsAt) = call.RateLimits.For(call.Identity.Key, call.Resource).Snapshot();
        headers["x-ratelimit-limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-used"] = used.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-reset"] = resetsAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-resource"] = call.Resource;
    }
}
