using System.Diagnostics;
using System.Text.Json.Serialization;

namespace ScmIntegrations.ToolGateways;

/// <summary>A token for a gateway. Opaque, and never printed.</summary>
[DebuggerDisplay("***")]
internal sealed class GatewayToken
{
    /// <summary>Takes a token.</summary>
    /// <exception cref="ArgumentException">The value is empty or cannot stand in a header. The message does not show it.</exception>
    public GatewayToken(string value, DateTimeOffset? endsAt = null)
    {
        if (string.IsNullOrEmpty(value) || value.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException("A token is one or more visible ASCII characters without white space; this one is empty or has others.", nameof(value));
        }

        (Value, EndsAt) = (value, endsAt);
    }

    /// <summary>The secret itself. Goes into the <c>Authorization</c> header and nowhere else.</summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Value { get; }

    /// <summary>When the token ends, in the clock of this process; <see langword="null"/> when it does not, or nobody knows.</summary>
    public DateTimeOffset? EndsAt { get; }

    public override string ToString() => "***";
}
