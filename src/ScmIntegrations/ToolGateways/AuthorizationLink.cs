using System.Diagnostics;

namespace ScmIntegrations.ToolGateways;

/// <summary>A link by which a user authorises a connection. Whoever has it can connect an account: show it to its user alone.</summary>
/// <param name="url">Where it leads.</param>
/// <param name="expiresAt">When it ends; <see langword="null"/> when nobody says.</param>
[DebuggerDisplay("***")]
public sealed class AuthorizationLink(Uri url, DateTimeOffset? expiresAt)
{
    /// <summary>Where it leads.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Uri Url { get; } = url ?? throw new ArgumentNullException(nameof(url));

    /// <summary>When it ends; <see langword="null"/> when nobody says.</summary>
    public DateTimeOffset? ExpiresAt { get; } = expiresAt;

    /// <summary>Stars: a link lets in.</summary>
    /// <returns><c>***</c>.</returns>
    public override string ToString() => "***";
}
