using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ScmIntegrations.GitHub;

/// <summary>
/// Names a repository. Checked on construction, so that a name can never change the path or the query of a request.
/// Two references are equal when owner and name are, in any case: GitHub does not tell <c>Acme/API</c> from <c>acme/api</c>.
/// </summary>
public sealed partial record RepositoryRef
{
    private const int MaxLength = 100;

    /// <summary>Names a repository by owner and name.</summary>
    /// <param name="owner">The login of the user or organisation: 1 to 100 of letters, digits, hyphen, underscore and dot.</param>
    /// <param name="name">The repository's name: 1 to 100 of the same characters.</param>
    /// <exception cref="ArgumentException">A part is empty, too long, <c>.</c> or <c>..</c>, or has another character.</exception>
    public RepositoryRef(string owner, string name)
    {
        Owner = Check(owner, nameof(owner));
        Name = Check(name, nameof(name));
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
    }

    /// <summary>The login of the user or organisation.</summary>
    public string Owner { get; }

    /// <summary>The repository's name.</summary>
    public string Name { get; }

    /// <summary>Owner and name with a slash between.</summary>
    public string FullName => $"{Owner}/{Name}";

    /// <summary>Reads a full name without throwing.</summary>
    /// <param name="fullName">The text to read.</param>
    /// <param name="repository">The reference, when the text is one.</param>
    /// <returns>Whether the text is a valid full name.</returns>
    public static bool TryParse([NotNullWhen(true)] string? fullName, [NotNullWhen(true)] out RepositoryRef? repository)
    {
        var parts = fullName?.Split('/') ?? [];
        repository = parts is [var owner, var name] && IsValid(owner) && IsValid(name) ? new RepositoryRef(owner, name) : null;
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

    private static string Check(string value, string parameter)
    {
        ArgumentNullException.ThrowIfNull(value, parameter);
        return IsValid(value)
            ? value
            : throw new ArgumentException(
                $"'{value}' cannot be an owner or a repository name: 1 to {MaxLength} of letters, digits, '-', '_' and '.', and not '.' or '..'.",
                parameter);
    }

    private static bool IsValid(string value) => value is not ("." or "..") && Allowed().IsMatch(value);

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,100}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Allowed();
}
