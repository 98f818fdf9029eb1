using System.Diagnostics;
using System.Text.Json.Serialization;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.ToolGateways.Scalekit;

/// <summary>The options of a client of Scalekit. Read once, when the client is made.</summary>
public sealed class ScalekitOptions
{
    /// <summary>The address of the environment, for example <c>https://acme.scalekit.com</c>. It has to be set; the credentials go to this origin alone.</summary>
    /// <value>Not set by default. Plain http for loopback only.</value>
    public Uri? Address { get; set; }

    /// <summary>The id of the service's own credentials at Scalekit. It has to be set.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Their secret. It has to be set. It is traded for a token, which is kept and renewed.</summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string ClientSecret { get; set; } = "";

    /// <summary>How long the one attempt at executing a tool may take. Other requests have <see cref="ResilienceOptions.AttemptTimeout"/>.</summary>
    /// <value>60 seconds by default, as Scalekit's own clients have it; from 10 milliseconds to 1 hour.</value>
    public TimeSpan ToolTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Deadline, attempts and circuit.</summary>
    public ResilienceOptions Resilience { get; } = new();

    /// <summary>The most bytes of an answer, decompressed.</summary>
    /// <value>67,108,864 (64 MiB) by default; at least 1,024.</value>
    public long MaxResponseBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The most bytes read of an error. What goes beyond makes it unreadable: nobody then knows whether it is a provider's.</summary>
    /// <value>1,048,576 (1 MiB) by default; from 1,024 to 67,108,864.</value>
    public int MaxErrorBytes { get; set; } = 1024 * 1024;
}
