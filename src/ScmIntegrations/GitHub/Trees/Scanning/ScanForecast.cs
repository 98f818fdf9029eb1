using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Limits;

namespace ScmIntegrations.GitHub.Trees.Scanning;

/// <summary>Says when a scan will end: as soon as its requests have been answered, its pace allows them, and the limit does.</summary>
/// <param name="options">The pace.</param>
/// <param name="concurrency">How many repositories are read at a time.</param>
/// <param name="secondsPerRequest">How long a request takes.</param>
internal sealed class ScanForecast(RateLimitOptions options, int concurrency, double secondsPerRequest)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>How long so many requests take while the limit does not stand in their way.</summary>
    public TimeSpan Duration(int requests) => TimeSpan.FromSeconds(Math.Max(
        Math.Ceiling((double)requests / concurrency) * secondsPerRequest,
        Math.Max(0, requests - options.BackgroundBurst) / options.BackgroundRequestsPerSecond));

    /// <summary>How many windows so many requests need, and when the last of them is done.</summary>
    /// <param name="now">The current time.</param>
    /// <param name="requests">The requests.</param>
    /// <param name="limit">What is known of the limit; <see langword="null"/> where there is none.</param>
    /// <param name="reserved">How many requests are left to others in every window.</param>
    public (int Windows, DateTimeOffset EndsAt) End(DateTimeOffset now, int requests, RateLimitReading? limit, int reserved)
    {
        if (limit is not { } known || Math.Max(0, known.Remaining - reserved) is var spare && requests <= spare)
        {
            return (1, now + Duration(requests));
        }

        var later = requests - spare;
        var aWindow = Math.Max(1, known.Limit - reserved);
        var windows = (later + aWindow - 1) / aWindow;
        return (1 + windows, known.ResetsAt + (Window * (windows - 1)) + Duration(later - (aWindow * (windows - 1))));
    }
}
