namespace ScmIntegrations.Errors;

/// <summary>Whose credential a call used. It decides who has to act when the credential is refused.</summary>
public enum CredentialOwner
{
    /// <summary>A customer's: a refused credential is theirs to renew, so the interaction halts.</summary>
    Customer,

    /// <summary>The operator's own (an App's private key, a token from the service's configuration): the interaction fails.</summary>
    Operator,
}
