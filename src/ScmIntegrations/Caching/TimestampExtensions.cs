namespace ScmIntegrations.Caching;

/// <summary>Moments that do not depend on the wall clock: one that is set back would make half a minute last as long as it was wrong.</summary>
internal static class TimestampExtensions
{
    /// <summary>The timestamp after a while.</summary>
    public static long GetTimestampIn(this TimeProvider timeProvider, TimeSpan pause) =>
        timeProvider.GetTimestamp() + (long)(pause.TotalSeconds * timeProvider.TimestampFrequency);
}
