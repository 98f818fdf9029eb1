namespace ScmIntegrations.Testing;

/// <summary>A device flow that has begun.</summary>
internal sealed class PendingDevice(string deviceCode, string userCode, IReadOnlyList<string> scopes, DateTimeOffset expiresAt)
{
    public string DeviceCode => deviceCode;

    public string UserCode => userCode;

    public IReadOnlyList<string> Scopes => scopes;

    public DateTimeOffset ExpiresAt => expiresAt;

    public TimeSpan Interval { get; private set; } = TimeSpan.FromSeconds(5);

    public string? ApprovedBy { get; set; }

    public bool IsDenied { get; set; }

    private DateTimeOffset? AskedAt { get; set; }

    /// <summary>Notes a question; one that comes too early lengthens the interval by 5 seconds.</summary>
    public bool IsTooEarly(DateTimeOffset now)
    {
        var isTooEarly = now - AskedAt < Interval;
        AskedAt = now;
        Interval += isTooEarly ? TimeSpan.FromSeconds(5) : TimeSpan.Zero;
        return isTooEarly;
    }
}
