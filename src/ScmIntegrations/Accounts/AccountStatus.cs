namespace ScmIntegrations.Accounts;

/// <summary>
/// The state of an account: one of the known ones, or whatever a gateway says that is new. Known states compare equal however they are
/// written (<c>ACTIVE</c>, <c>active</c>); an unknown one is kept as it came.
/// </summary>
public readonly record struct AccountStatus
{
    private static readonly string[] Known = ["active", "expired", "pending_auth", "pending_verification", "disconnected"];

    private readonly string? _name;

    /// <summary>Takes a state by its name.</summary>
    /// <param name="name">The name; a known one in any case.</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public AccountStatus(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _name = Known.FirstOrDefault(known => known.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) ?? name;
    }

    /// <summary>Has a credential that serves. Name <c>active</c>.</summary>
    public static AccountStatus Active => new("active");

    /// <summary>The credential has ended or was refused, and the user has to connect the account again. Name <c>expired</c>.</summary>
    public static AccountStatus Expired => new("expired");

    /// <summary>There is no credential yet: the user has not authorised the connection. Name <c>pending_auth</c>.</summary>
    public static AccountStatus PendingAuthorization => new("pending_auth");

    /// <summary>Authorised, and it is still to be verified who did. Name <c>pending_verification</c>.</summary>
    public static AccountStatus PendingVerification => new("pending_verification");

    /// <summary>Revoked by the user or by the provider. Name <c>disconnected</c>.</summary>
    public static AccountStatus Disconnected => new("disconnected");

    /// <summary>The state's name: snake_case for the known ones, else what the gateway wrote.</summary>
    public string Name => _name ?? "unspecified";

    /// <summary>Whether this version of the library knows the state.</summary>
    public bool IsKnown => Array.IndexOf(Known, Name) >= 0;

    /// <summary>The name.</summary>
    /// <returns>For example <c>active</c>.</returns>
    public override string ToString() => Name;
}
