using System.Diagnostics;
using System.Text.Json.Serialization;
using ScmIntegrations.GitHub.Webhooks;

namespace ScmIntegrations.AspNetCore.Webhooks;

/// <summary>The options of one webhook endpoint. Secrets, limits and times are read anew for every delivery, so that a reload is seen; the others once.</summary>
public sealed class GitHubWebhookOptions
{
    /// <summary>
    /// The webhook's secret as it is set on GitHub; while it is being changed, the new one and the old one. Blank ones do not count. Without
    /// any the application does not start, and nothing is accepted.
    /// </summary>
    /// <value>None by default; from 1 to 10.</value>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IList<string> Secrets { get; } = [];

    /// <summary>The largest body, in bytes.</summary>
    /// <value>26,214,400 (25 MB) by default, which is the most that GitHub sends; from 1,024.</value>
    public int MaxBodyBytes { get; set; } = GitHubWebhookReceiver.MaxBodyBytes;

    /// <summary>How long a body may take to arrive.</summary>
    /// <value>5 seconds by default; from 100 ms to 1 minute.</value>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the answer waits for the handlers. What takes longer goes on behind a 202. GitHub waits for 10 seconds in all, so that after a body that came slowly less is left: the wait ends 9 seconds after the headers.</summary>
    /// <value>3 seconds by default; from 0 to 9 seconds.</value>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the handlers of one delivery may take before their token is cancelled and the delivery has failed.</summary>
    /// <value>5 minutes by default; from 1 second to 1 hour.</value>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The most deliveries that are handled at a time. Read once.</summary>
    /// <value>8 by default; from 1 to 1,000.</value>
    public int Concurrency { get; set; } = 8;

    /// <summary>The most deliveries that wait to be handled; one that finds no room is answered 503, which GitHub shows as failed. Read once.</summary>
    /// <value>1,000 by default; from 1 to 100,000.</value>
    public int QueueCapacity { get; set; } = 1000;

    /// <summary>How long a delivery that was handled is known again.</summary>
    /// <value>24 hours by default; from 1 minute to 7 days.</value>
    public TimeSpan RememberFor { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The most deliveries that are known again. Read once.</summary>
    /// <value>10,000 by default; from 100 to 1,000,000.</value>
    public int MaxRemembered { get; set; } = 10_000;

    /// <summary>Whether deliveries are known again by all instances, where the application has an <c>IDistributedCache</c>.</summary>
    /// <value><see langword="true"/> by default.</value>
    public bool ShareRemembered { get; set; } = true;
}
