namespace ScmIntegrations.PostgreSQL.Schema;

/// <summary>The name of a schema: checked, because it becomes part of statements, and quoted all the same.</summary>
internal sealed class SchemaName
{
    // PostgreSQL cuts longer names off without an error.
    private const int MaxLength = 63;

    public SchemaName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > MaxLength || char.IsAsciiDigit(name[0]) || !name.All(IsAllowed) || name.StartsWith("pg_", StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The schema is '{name}'; its name has 1 to {MaxLength} characters of a-z, 0-9 and _, and begins with neither a digit nor pg_.",
                nameof(name));
        }

        Name = name;
    }

    public string Name { get; }

    /// <summary>The name as it stands in statements.</summary>
    public override string ToString() => $"\"{Name}\"";

    private static bool IsAllowed(char character) => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_';
}
