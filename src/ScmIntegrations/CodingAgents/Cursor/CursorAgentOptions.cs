using System.Diagnostics;
using System.Text.Json.Serialization;
using ScmIntegrations.Errors;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>The options of a client of Cursor's cloud agents. Read once, when the client is made.</summary>
public sealed class CursorAgentOptions
{
    /// <summary>The key, of a user or of a service account. It has to be set.</summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string ApiKey { get; set; } = "";

    /// <summary>Whose key it is. A refused key of a customer's halts an interaction, a refused one of the operator's fails it.</summary>
    /// <value><see cref="CredentialOwner.Operator"/> by default: a key from the service's own configuration.</value>
    public CredentialOwner KeyOwner { get; set; } = CredentialOwner.Operator;

    /// <summary>The address of the API; the key goes to this origin alone.</summary>
    /// <value><c>https://api.cursor.com</c> by default. Plain http for loopback only.</value>
    public Uri Address { get; set; } = new("https://api.cursor.com/");

    /// <summary>The generation of the API.</summary>
    /// <value><see cref="CursorApi.V1"/> by default.</value>
    public CursorApi Api { get; set; }

    /// <summary>The model for launches that name none; <see langword="null"/> for the one that is configured at Cursor.</summary>
    public string? Model { get; set; }

    /// <summary>Where Cursor sends changes of status; <see langword="null"/> for nowhere. Only <see cref="CursorApi.V0"/> sends them.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>What Cursor signs them with, for <see cref="CursorWebhookReceiver"/>. Set together with <see cref="WebhookUrl"/>.</summary>
    /// <value>32 to 256 characters.</value>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? WebhookSecret { get; set; }

    /// <summary>How long one attempt at a launch may take. Other requests have <see cref="ResilienceOptions.AttemptTimeout"/>.</summary>
    /// <value>60 seconds by default; from 10 milliseconds to 1 hour.</value>
    public TimeSpan LaunchTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Deadline, attempts and circuit.</summary>
    public ResilienceOptions Resilience { get; } = new();

    /// <summary>The most bytes of an answer, decompressed.</summary>
    /// <value>16,777,216 (16 MiB) by default; at least 1,024.</value>
    public long MaxResponseBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The most pages of a list, of 100 agents each.</summary>
    /// <value>20 by default; from 1 to 1,000.</value>
    public int MaxPages { get; set; } = 20;
}
