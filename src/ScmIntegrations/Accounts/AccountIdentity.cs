using System.Runtime.CompilerServices;
using System.Text;

namespace ScmIntegrations.Accounts;

/// <summary>
/// Which account is meant: the connection, the identifier in it, and whose it is. Every look-up, for reading and for writing, goes by all
/// four, so that the accounts of two organisations never meet, though their identifiers be the same. Two identities with the same four are equal.
/// </summary>
public sealed record AccountIdentity
{
    /// <summary>The most characters of each part.</summary>
    public const int MaxLength = 256;

    /// <summary>Names an account.</summary>
    /// <param name="connection">The connection, for example <c>github</c>. White space around it is dropped.</param>
    /// <param name="identifier">Who it is in that connection, for example a user's id or e-mail address. White space around it is dropped.</param>
    /// <exception cref="ArgumentException">One of them is blank, longer than 256 characters, or has control characters or half a surrogate pair.</exception>
    public AccountIdentity(string connection, string identifier)
    {
        Connection = Check(connection, nameof(connection));
        Identifier = Check(identifier, nameof(identifier));
    }

    /// <summary>The connection: the provider, or one of several set-ups of it.</summary>
    public string Connection { get; }

    /// <summary>Who it is in the connection.</summary>
    public string Identifier { get; }

    /// <summary>The organisation, or tenant, that the account belongs to.</summary>
    /// <value>
    /// <see langword="null"/>, the default, for an account of no organisation: never "of any" in a store of ours. At a gateway, leaving it out
    /// may not narrow the choice, so give it wherever there are tenants.
    /// </value>
    /// <exception cref="ArgumentException">The value is blank, longer than 256 characters, or has control characters or half a surrogate pair.</exception>
    public string? OrganizationId
    {
        get;
        init => field = value is null ? null : Check(value, nameof(OrganizationId));
    }

    /// <summary>The application's user that the account belongs to.</summary>
    /// <value><see langword="null"/>, the default, for an account of no user: never "of any".</value>
    /// <exception cref="ArgumentException">The value is blank, longer than 256 characters, or has control characters or half a surrogate pair.</exception>
    public string? UserId
    {
        get;
        init => field = value is null ? null : Check(value, nameof(UserId));
    }

    /// <summary>The four parts, for messages and logs.</summary>
    /// <returns>For example <c>github/ada of organization acme, user 7</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder($"{Connection}/{Identifier}");
        text.Append(OrganizationId is null ? "" : $" of organization {OrganizationId}");
        return text.Append(UserId is null ? "" : OrganizationId is null ? $" of user {UserId}" : $", user {UserId}").ToString();
    }

    internal static string Check(string value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        var trimmed = value.Trim();
        if (trimmed.Length is 0 or > MaxLength || trimmed.Any(char.IsControl) || !IsText(trimmed))
        {
            throw new ArgumentException($"{name} is {(trimmed.Length is 0 ? "blank" : $"'{Shown(trimmed)}', of {trimmed.Length} characters")}; it has 1 to {MaxLength} characters, none of them a control character or half a surrogate pair.", name);
        }

        return trimmed;
    }

    // Half a surrogate pair has no form of its own in UTF-8, so two different ones would become the same.
    private static bool IsText(string value)
    {
        for (var index = 0; index < value.Length; index++)
        {
            if (char.IsSurrogate(value[index]) && (!char.IsSurrogatePair(value, index) || ++index == value.Length))
            {
                return false;
            }
        }

        return true;
    }

    private static string Shown(string value)
    {
        var start = new string([.. value.Take(40).Select(character => char.IsControl(character) ? '�' : character)]);
        return value.Length > 40 ? start + "…" : start;
    }
}
