namespace ScmIntegrations.Testing;

/// <summary>How a <see cref="FakeGitHub"/> behaves; fixed once it runs.</summary>
public sealed class FakeGitHubOptions
{
    /// <summary>The clock of the server: dates, token lifetimes, rate-limit windows and scripted delays.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Empty plays github.com; <c>/api/v3</c> plays an Enterprise Server.</summary>
    public string ApiPathPrefix { get; set; } = "";

    /// <summary>Requests an hour for each identity; 5,000 is GitHub's figure for installations and users.</summary>
    public int RateLimit { get; set; } = 5000;

    /// <summary>Whether a missing or unknown token answers 401. On by default.</summary>
    public bool RequireCredentials { get; set; } = true;

    /// <summary>The largest page; 100 is GitHub's figure.</summary>
    public int PageSizeCap { get; set; } = 100;

    /// <summary>How long a minted installation token lives; one hour is GitHub's figure.</summary>
    public TimeSpan InstallationTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What happens to a request that there is no route for: an exception that names the nearest route, unless told otherwise.</summary>
    public UnmatchedRequestHandling UnmatchedRequests { get; set; }
}
