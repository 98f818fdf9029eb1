using System.Diagnostics;
using ScmIntegrations.Errors;

namespace ScmIntegrations.CodingAgents.Transport;

/// <summary>What an agent with an HTTP API of its own brings to the line: where it is, how it is spoken to, and what its errors mean.</summary>
internal sealed class AgentService
{
    /// <summary>What people call it, for messages.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The address below which every request goes; the credential never leaves its origin.</summary>
    public required Uri Address { get; init; }

    /// <summary>The header that carries the credential, and its value.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public required (string Name, string Value) Credential { get; init; }

    /// <summary>Every form of the secret that an answer might repeat.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public required string[] Secrets { get; init; }

    /// <summary>Whose credential it is.</summary>
    public required CredentialOwner Owner { get; init; }

    /// <summary>What the service's own errors mean; where no row matches, the status decides (<see cref="AgentErrorTable"/>).</summary>
    public required IReadOnlyList<AgentErrorRow> Errors { get; init; }
}
