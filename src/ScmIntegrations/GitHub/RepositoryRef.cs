using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ScmIntegrations.GitHub;

/// <summary>
/// Names a repository. Checked on construction, so that a name can never change the path or the query of a request.
/// Two references are equal when owner and name are, in any case: GitHub does not tell <c>Acme/API</c> from <c>acme/api</c>.
/// </summary>
public sealed record RepositoryRef
{
    private const int MaxLength = 100;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Names a repository by owner and name.</summary>
    /// <param name="owner">The login of the user or organisation: 1 to 100 of letters, digits, hyphen, underscore and dot.</param>
    /// <param name="name">The repository's name: 1 to 100 of the same characters.</param>
    /// <exception cref="ArgumentException">A part is empty, too long, <c>.</c> or <c>..</c>, or has another character.</exception>
    public RepositoryRef(string owner, string name)
    {
        Owner = Check(owner, nameof(owner));
        Name = Check(name, nameof(name));
        FullName = $"{Owner}/{Name}";
    }

    /// <summary>Names a repository by its full name.</summary>
    /// <param name="fullName">Owner and name with a slash between, for example <c>acme/api</c>.</param>
    /// <exception cref="ArgumentException">There is not exactly one slash, or a part is not valid.</exception>
    public RepositoryRef(string fullName)
    {
        ArgumentNullException.ThrowIfNull(fullName);
        var slash = fullName.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || fullName.LastIndexOf('/') != slash)
        {
            throw new ArgumentException($"'{fullName}' is not OWNER/NAME.", nameof(fullName));
        }

        Owner = Check(fullName[..slash], nameof(fullName));
        Name = Check(fullName[(slash + 1)..], nameof(fullName));
        FullName = fullName;
    }

    /// <summary>The login of the user or organisation.</summary>
    public string Owner { get; }

    /// <summary>The repository's name.</summary>
    public string Name { get; }

    /// <summary>Owner and name with a slash between.</summary>
    public string FullName { get; }

    /// <summary>Reads a full name without throwing.</summary>
    /// <param name="fullName">The text to read.</param>
    /// <param name="repository">The reference, when the text is one.</param>
    /// <returns>Whether the text is a valid full name.</returns>
    public static bool TryParse([NotNullWhen(true)] string? fullName, [NotNullWhen(true)] out RepositoryRef? repository)
    {
        repository = IsFullName(fullName) ? new RepositoryRef(fullName) : null;
        return repository is not null;
    }

    /// <inheritdoc/>
    public bool Equals(RepositoryRef? other) =>
        other is not null && string.Equals(FullName, other.FullName, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(FullName);

    /// <summary>The full name.</summary>
    /// <returns>For example <c>acme/api</c>.</returns>
    public override string ToString() => FullName;

    /// <summary>Whether a text is a valid full name; no reference is made of it.</summary>
    internal static bool IsFullName([NotNullWhen(true)] string? fullName) =>
        fullName?.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && IsValid(fullName.AsSpan(0, slash)) && IsValid(fullName.AsSpan(slash + 1));

    /// <summary>Whether a text is a valid login.</summary>
    internal static bool IsLogin([NotNullWhen(true)] string? login) => login is not null && IsValid(login);

    /// <summary>A login or a name, checked before it becomes part of an address.</summary>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    internal static string Check(string value, string parameter)
    {
        ArgumentNullException.ThrowIfNull(value, parameter);
        return IsValid(value)
            ? value
            : throw new ArgumentException(
                $"'{value}' cannot be an owner or a repository name: 1 to {MaxLength} of letters, digits, '-', '_' and '.', and not '.' or '..'.",
                parameter);
    }

    private static bool IsValid(ReadOnlySpan<char> value) =>
        value.Length is > 0 and <= MaxLength && value is not ("." or "..") && !value.ContainsAnyExcept(Allowed);
}
