namespace ScmIntegrations.Resilience;

/// <summary>Whose rate limits are meant.</summary>
/// <param name="Host">The host that limits, for example <c>api.github.com</c>.</param>
/// <param name="Credential">The identity of the credential, for example <c>installation:42</c>; never a secret.</param>
public readonly record struct CooldownScope(string Host, string Credential);
