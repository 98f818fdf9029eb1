namespace ScmIntegrations.ToolGateways;

/// <summary>Whose words the body of a gateway's error is, as far as the body shows.</summary>
internal enum ErrorSpeaker
{
    /// <summary>There is no body: the status alone speaks, and it is the gateway's.</summary>
    Silence,

    /// <summary>The gateway's own error, in one of its forms.</summary>
    Platform,

    /// <summary>A provider's error that the gateway relays, or one that bears the sign of it.</summary>
    Provider,

    /// <summary>A page, a text or JSON of another form: somebody on the way, such as a load balancer.</summary>
    Stranger,

    /// <summary>Cut off or malformed, so that it may be anybody's, a provider's too.</summary>
    Unintelligible,
}
