namespace ScmIntegrations.Testing;

/// <summary>How a <see cref="FakeCursor"/> behaves. What is no matter of its start may be changed while it runs.</summary>
public sealed class FakeCursorOptions
{
    /// <summary>The clock of the server: dates, creation times and scripted delays. Fixed once it runs.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Whether a missing or unknown key answers 401. On by default.</summary>
    public bool RequireCredentials { get; set; } = true;

    /// <summary>Whether the current generation, <c>/v1</c>, is served. Where it is not, its paths are a web server's plain 404.</summary>
    public bool ServesV1 { get; set; } = true;

    /// <summary>Whether the legacy generation, <c>/v0</c>, is served.</summary>
    public bool ServesV0 { get; set; } = true;

    /// <summary>The models that can be asked for, in the order in which they are listed.</summary>
    public IReadOnlyList<string> Models { get; set; } = ["composer-2", "gpt-5.5", "claude-4.6-sonnet-thinking"];

    /// <summary>The largest page; 100 is Cursor's figure.</summary>
    public int PageSizeCap { get; set; } = 100;

    /// <summary>What happens to a request that there is no route for: an exception that names the nearest route, unless told otherwise.</summary>
    public UnmatchedRequestHandling UnmatchedRequests { get; set; }
}
