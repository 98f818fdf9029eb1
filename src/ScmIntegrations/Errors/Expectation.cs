namespace ScmIntegrations.Errors;

/// <summary>Whether an error is something that happens, or something that somebody should look at.</summary>
internal enum Expectation
{
    /// <summary>Somebody should look.</summary>
    Unexpected,

    /// <summary>A user or an administrator can put it right, or nobody needs to.</summary>
    Expected,

    /// <summary>A refused credential: expected of a customer's, who must act; not of the operator's own.</summary>
    ExpectedOfCustomer,
}
