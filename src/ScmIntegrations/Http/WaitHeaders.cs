using System.Globalization;

namespace ScmIntegrations.Http;

/// <summary>Reads how long an answer asks to wait. A date is set against the answer's own <c>Date</c>, never against the local clock alone.</summary>
internal static class WaitHeaders
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Absurd = TimeSpan.FromDays(1);

    /// <summary><c>Retry-After</c> (RFC 9110 §10.2.3): seconds, or a date; <see langword="null"/> when it is unreadable, negative or beyond a day.</summary>
    public static TimeSpan? RetryAfter(string value, DateTimeOffset sentAt) =>
        Number(value) is { } seconds
            ? Sane(seconds)
            : DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
                ? Sane((date - sentAt).TotalSeconds)
                : null;

    /// <summary>The time until a moment in seconds since 1970; <see langword="null"/> when it is unreadable, past or beyond a day.</summary>
    public static TimeSpan? UntilEpoch(string? value, DateTimeOffset sentAt) =>
        Number(value) is { } epoch ? Sane(epoch - (double)sentAt.ToUnixTimeSeconds()) : null;

    /// <summary>A duration as protobuf writes it in JSON, for example <c>1.5s</c>; <see langword="null"/> when it is unreadable, negative or beyond a day.</summary>
    public static TimeSpan? Duration(string value) =>
        value.EndsWith('s') && double.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? Sane(seconds)
            : null;

    /// <summary>A whole number, with a sign at most.</summary>
    public static long? Number(string? value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static TimeSpan? Sane(double seconds) =>
        seconds >= 0 && seconds <= Absurd.TotalSeconds ? TimeSpan.FromSeconds(Math.Max(Least.TotalSeconds, seconds)) : null;
}
