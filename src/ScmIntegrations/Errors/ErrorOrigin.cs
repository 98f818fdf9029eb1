namespace ScmIntegrations.Errors;

/// <summary>Who said it: the party whose answer, or silence, an error reports.</summary>
public enum ErrorOrigin
{
    /// <summary>GitHub answered. Wire name <c>github</c>.</summary>
    GitHub,

    /// <summary>A tool gateway, or the service of a coding agent, answered for itself. Wire name <c>platform</c>.</summary>
    Platform,

    /// <summary>A provider answered, and a tool gateway relayed it. Wire name <c>provider</c>.</summary>
    Provider,

    /// <summary>Nobody answered, or the answer broke on its way. Wire name <c>transport</c>.</summary>
    Transport,

    /// <summary>Refused here, before anything was sent: an argument, a guard, a gate, a circuit. Wire name <c>client</c>.</summary>
    Client,
}
