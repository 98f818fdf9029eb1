using System.Globalization;

namespace ScmIntegrations.Testing;

/// <summary>An answer that says the hour's requests are used up.</summary>
internal sealed class RateLimitAnswer(Answer inner, TimeSpan resetIn) : Answer
{
    internal override Task WriteAsync(AnswerContext answering)
    {
        var headers = answering.Response.Headers;
        var reset = answering.Time.GetUtcNow() + resetIn;
        headers["x-ratelimit-remaining"] = "0";
        headers["x-ratelimit-used"] = headers["x-ratelimit-limit"];
        headers["x-ratelimit-reset"] = reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return inner.WriteAsync(answering);
    }
}
