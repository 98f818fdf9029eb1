using System.Globalization;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>What GitHub's headers say about limits and waits, turned into the caller's clock by the answer's <c>Date</c>.</summary>
internal static class RateLimitHeaders
{
    // "If neither header is present, wait for at least one minute" (docs.github.com, best practices for the REST API).
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AbsurdWait = TimeSpan.FromDays(1);

    /// <summary>The limit the answer counted against; <see langword="null"/> when the headers are absent or unreadable.</summary>
    public static RateLimitReading? Read(HttpResponseMessage response, string guessedResource, DateTimeOffset now)
    {
        if (Number(response.FirstHeader("x-ratelimit-remaining")) is not { } remaining
            || Number(response.FirstHeader("x-ratelimit-limit")) is not { } limit
            || UntilReset(response.FirstHeader("x-ratelimit-reset"), response.Headers.Date ?? now) is not { } untilReset)
        {
            return null;
        }

        return new(response.FirstHeader("x-ratelimit-resource") ?? guessedResource, Clamp(limit), Clamp(remaining), now + untilReset);
    }

    /// <summary>When to come back after a limit: <c>Retry-After</c>; else the reset, but only when nothing remains; else a minute.</summary>
    public static DateTimeOffset RetryAt(ResponseSnapshot response, DateTimeOffset now)
    {
        var sentAt = response.Date ?? now;
        var wait = response.Header("Retry-After") is { } retryAfter
            ? RetryAfter(retryAfter, sentAt)
            : Number(response.Header("x-ratelimit-remaining")) is 0
                ? UntilReset(response.Header("x-ratelimit-reset"), sentAt) + TimeSpan.FromSeconds(1)
                : null;
        return now + (wait ?? DefaultWait);
    }

    /// <summary>When a failing server asks to be called again; <see langword="null"/> when it does not ask.</summary>
    public static DateTimeOffset? AskedRetryAt(ResponseSnapshot response, DateTimeOffset now) =>
        response.Header("Retry-After") is { } retryAfter ? now + (RetryAfter(retryAfter, response.Date ?? now) ?? DefaultWait) : null;

    /// <summary>Seconds, or a date set against the answer's own; <see langword="null"/> when unreadable, negative or beyond a day.</summary>
    private static TimeSpan? RetryAfter(string value, DateTimeOffset sentAt) =>
        Number(value) is { } seconds
            ? Sane(seconds)
            : DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
                ? Sane((date - sentAt).TotalSeconds)
                : null;

    private static TimeSpan? UntilReset(string? value, DateTimeOffset sentAt) =>
        Number(value) is { } epoch ? Sane(epoch - sentAt.ToUnixTimeSeconds()) : null;

    private static TimeSpan? Sane(double seconds) =>
        seconds >= 0 && seconds <= AbsurdWait.TotalSeconds ? TimeSpan.FromSeconds(Math.Max(1, seconds)) : null;

    private static long? Number(string? value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int Clamp(long number) => (int)Math.Clamp(number, 0, int.MaxValue);
}
