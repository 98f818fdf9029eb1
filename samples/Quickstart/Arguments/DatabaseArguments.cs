using Npgsql;
using ScmIntegrations.Accounts;

namespace Quickstart.Arguments;

/// <summary>Which PostgreSQL, and the key of what it keeps. A class, not a record: records print what they hold.</summary>
internal sealed class DatabaseArguments
{
    /// <summary>What a key is called, however it comes, so that one from the file serves as an option too.</summary>
    public const string KeyId = "default";

    private const string KeyVariable = "ACCOUNT_ENCRYPTION_KEY";
    private const string KeyFileVariable = "ACCOUNT_KEY_FILE";
    private string? _password;
    private string? _keyText;

    /// <summary>The two ways to give a key, for messages.</summary>
    public static string KeyWays => $"give {OptionTable.EncryptionKey} KEY, or set {KeyVariable}";

    public required string ConnectionString { get; init; }

    /// <summary>The key that was given; <see langword="null"/> for the one in <see cref="KeyFile"/>.</summary>
    public AccountEncryptionKey? Key { get; init; }

    /// <summary>Where the key is, or will be, that nobody gave; <see langword="null"/> where there is no place for it.</summary>
    public string? KeyFile { get; init; }

    public IEnumerable<string?> Secrets => [ConnectionString, _password, _keyText];

    /// <summary>The database; <see langword="null"/> when none is asked for.</summary>
    public static DatabaseArguments? Read(RawArguments raw, Func<string, string?> environment)
    {
        if (raw.Find(OptionTable.ConnectionString) is not { } text)
        {
            return raw.Has(OptionTable.EncryptionKey) ? throw new UsageException($"{OptionTable.EncryptionKey} is for a database: give {OptionTable.ConnectionString} too.") : null;
        }

        var given = SecretArgument.Find(OptionTable.EncryptionKey, KeyVariable, raw, environment);
        return new DatabaseArguments
        {
            ConnectionString = text,
            _password = PasswordOf(text),
            Key = given is null ? null : KeyOf(given),
            _keyText = given?.Value,
            KeyFile = KeyFileOf(environment),
        };
    }

    // Its words are not repeated: one of them is the password.
    private static string? PasswordOf(string connectionString)
    {
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(connectionString);
            return string.IsNullOrWhiteSpace(parts.Host) ? throw new UsageException($"{OptionTable.ConnectionString} names no host: it has the form Host=…;Database=…;Username=….") : parts.Password;
        }
        catch (Exception unreadable) when (unreadable is not UsageException)
        {
            throw new UsageException($"{OptionTable.ConnectionString} cannot be read: it has the form Host=…;Database=…;Username=….");
        }
    }

    private static AccountEncryptionKey KeyOf(SecretArgument given)
    {
        try
        {
            return AccountEncryptionKey.FromBase64(KeyId, given.Value);
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException($"{given.Source}: {CommandLineParser.WithoutParameter(wrong)} It is {AccountEncryptionKey.Length} random bytes in base64, for example from: openssl rand -base64 32");
        }
    }

    private static string? KeyFileOf(Func<string, string?> environment)
    {
        if (environment(KeyFileVariable) is { Length: > 0 } path)
        {
            return path;
        }

        var folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return folder.Length == 0 ? null : Path.Combine(folder, "ScmIntegrations", "accounts.key");
    }
}
