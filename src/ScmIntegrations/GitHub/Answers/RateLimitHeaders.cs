using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;
using ScmIntegrations.Resilience.Limits;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>What GitHub's headers say about limits and waits, turned into the caller's clock by the answer's <c>Date</c>.</summary>
internal static class RateLimitHeaders
{
    /// <summary>The limit the answer counted against; <see langword="null"/> when the headers are absent or unreadable.</summary>
    public static RateLimitReading? Read(HttpResponseMessage response, string guessedResource, DateTimeOffset now)
    {
        if (WaitHeaders.Number(response.FirstHeader("x-ratelimit-remaining")) is not { } remaining
            || WaitHeaders.Number(response.FirstHeader("x-ratelimit-limit")) is not { } limit
            || WaitHeaders.UntilEpoch(response.FirstHeader("x-ratelimit-reset"), response.SentAt() ?? now) is not { } untilReset)
        {
            return null;
        }

        return new(response.FirstHeader("x-ratelimit-resource") ?? guessedResource, Clamp(limit), Clamp(remaining), now + untilReset);
    }

    /// <summary>
    /// The wait that a limit asks for: <c>Retry-After</c>; else a second past the reset, but only when nothing remains, because
    /// on a secondary limit the reset is the hourly window's; else <see langword="null"/>.
    /// </summary>
    public static TimeSpan? Wait(ResponseSnapshot response, DateTimeOffset now) =>
        response.Header("Retry-After") is { } retryAfter
            ? WaitHeaders.RetryAfter(retryAfter, response.Date ?? now)
            : WaitHeaders.Number(response.Header("x-ratelimit-remaining")) is 0
                ? WaitHeaders.UntilEpoch(response.Header("x-ratelimit-reset"), response.Date ?? now) + TimeSpan.FromSeconds(1)
                : null;

    /// <summary>The wait that a failing server asks for; <see langword="null"/> when it does not ask in a way that can be read.</summary>
    public static TimeSpan? AskedWait(ResponseSnapshot response, DateTimeOffset now) =>
        response.Header("Retry-After") is { } retryAfter ? WaitHeaders.RetryAfter(retryAfter, response.Date ?? now) : null;

    private static int Clamp(long number) => (int)Math.Clamp(number, 0, int.MaxValue);
}
