namespace ScmIntegrations.Errors;

/// <summary>Whose turn it is to act on an error.</summary>
public enum ActionOwner
{
    /// <summary>Nobody's: it is expected, or passes by itself. Wire name <c>nobody</c>.</summary>
    Nobody,

    /// <summary>The user whose account or token it is. Wire name <c>user</c>.</summary>
    User,

    /// <summary>An administrator of the organisation, account or repository on GitHub. Wire name <c>administrator</c>.</summary>
    Administrator,

    /// <summary>Whoever runs this service: its keys, clock, network and configuration. Wire name <c>operator</c>.</summary>
    Operator,

    /// <summary>Whoever writes the calling code. Wire name <c>developer</c>.</summary>
    Developer,
}
