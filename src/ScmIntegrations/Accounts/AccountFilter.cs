namespace ScmIntegrations.Accounts;

/// <summary>Which accounts to list. Each part narrows the list; what is left out does not.</summary>
/// <remarks>Unlike in an <see cref="AccountIdentity"/>, an organisation that is left out means "of any": give it wherever a tenant looks at its own accounts.</remarks>
public sealed record AccountFilter
{
    /// <summary>The most entries of a page.</summary>
    public const int MaxPageSize = 100;

    /// <summary>Only accounts of this connection.</summary>
    /// <exception cref="ArgumentException">The value is blank, longer than 256 characters, or has control characters.</exception>
    public string? Connection
    {
        get;
        init => field = value is null ? null : AccountIdentity.Check(value, nameof(Connection));
    }

    /// <summary>Only accounts with this identifier.</summary>
    /// <exception cref="ArgumentException">The value is blank, longer than 256 characters, or has control characters.</exception>
    public string? Identifier
    {
        get;
        init => field = value is null ? null : AccountIdentity.Check(value, nameof(Identifier));
    }

    /// <summary>Only accounts of this organisation.</summary>
    /// <exception cref="ArgumentException">The value is blank, longer than 256 characters, or has control characters.</exception>
    public string? OrganizationId
    {
        get;
        init => field = value is null ? null : AccountIdentity.Check(value, nameof(OrganizationId));
    }

    /// <summary>Only accounts of this user.</summary>
    /// <exception cref="ArgumentException">The value is blank, longer than 256 characters, or has control characters.</exception>
    public string? UserId
    {
        get;
        init => field = value is null ? null : AccountIdentity.Check(value, nameof(UserId));
    }

    /// <summary>The most entries of one page.</summary>
    /// <value>50 by default; 1 to 100.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 100.</exception>
    public int PageSize
    {
        get;
        init => field = value is >= 1 and <= MaxPageSize ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"A page has 1 to {MaxPageSize} entries.");
    } = 50;
}
