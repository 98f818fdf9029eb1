namespace ScmIntegrations.Resilience;

/// <summary>Whether somebody waits for a request, or work that can as well be done later sends it.</summary>
public enum RequestLane
{
    /// <summary>Somebody waits: sent as soon as it can be, and never held back for the sake of other requests.</summary>
    Interactive,

    /// <summary>
    /// Work that can be done later, such as a scan. It is paced, and refused with the time to come back while no more of the limit
    /// is left than interactive requests are going to need until the reset (<see cref="RateLimitOptions"/>).
    /// </summary>
    Background,
}
