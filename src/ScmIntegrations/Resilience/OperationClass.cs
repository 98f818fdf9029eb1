namespace ScmIntegrations.Resilience;

/// <summary>How safe an operation is to send twice.</summary>
[Flags]
public enum OperationClass
{
    /// <summary>No class; not valid for an operation.</summary>
    None = 0,

    /// <summary>Changes nothing: GET, HEAD, a GraphQL query.</summary>
    Read = 1,

    /// <summary>Ends in the same state however often it is sent: PUT, DELETE, a guarded update.</summary>
    IdempotentWrite = 2,

    /// <summary>Has an effect each time it is sent: POST, an unguarded PATCH.</summary>
    Write = 4,

    /// <summary>Mints a token: safe to repeat, at the cost of quota.</summary>
    TokenMint = 8,

    /// <summary>Trades a refresh token that works once: sent again blindly, it can end the account's connection.</summary>
    TokenRefresh = 16,
}
