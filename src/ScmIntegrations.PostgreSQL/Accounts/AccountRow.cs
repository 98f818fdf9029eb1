using System.Text.Json.Nodes;
using Npgsql;
using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Storage;

namespace ScmIntegrations.PostgreSQL.Accounts;

/// <summary>An account as a row, without its credential.</summary>
internal static class AccountRow
{
    /// <summary>What is read, in the order of <see cref="Read"/>.</summary>
    public const string Columns =
        "id, version, credential_version, status, status_reason, credential_kind, token_expires_at, fingerprints, fingerprint_key, api_configuration, created_at, updated_at, "
        + "connection, identifier, organization_id, user_id, identity_hash";

    /// <summary>How many columns are read.</summary>
    public const int ColumnCount = 17;

    /// <summary>What every write sets, as <c>$1</c> to <c>$11</c>.</summary>
    public static NpgsqlParameter[] Written(StoredAccount account) =>
    [
        Values.Number(account.Version),
        Values.Number(account.CredentialVersion),
        Values.Text(account.Status.Name),
        Values.Text(account.StatusReason),
        Values.Text(account.CredentialKind),
        Values.Time(account.TokenExpiresAt),
        Values.Text(Fingerprints(account.Fingerprints)),
        Values.Bytes(account.FingerprintKey.ToArray()),
        Values.Text(account.ApiConfiguration),
        Values.Time(account.CreatedAt),
        Values.Time(account.UpdatedAt),
    ];

    /// <summary>Reads a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">The place of the first of <see cref="Columns"/>.</param>
    /// <exception cref="FormatException">The row names another account than the one that it is found by: somebody has changed it.</exception>
    public static StoredAccount Read(NpgsqlDataReader row, int first) => new()
    {
        Id = StoredText.Read(row.GetString(first)),
        Version = row.GetInt64(first + 1),
        CredentialVersion = row.GetInt64(first + 2),
        Status = new AccountStatus(StoredText.Read(row.GetString(first + 3))),
        StatusReason = Text(row, first + 4),
        CredentialKind = Text(row, first + 5),
        TokenExpiresAt = row.IsDBNull(first + 6) ? null : row.GetFieldValue<DateTimeOffset>(first + 6),
        Fingerprints = Fingerprints(row.GetString(first + 7)),
        FingerprintKey = row.GetFieldValue<byte[]>(first + 8),
        ApiConfiguration = Text(row, first + 9),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(first + 10),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(first + 11),
        Identity = Identity(row, first + 12),
    };

    private static AccountIdentity Identity(NpgsqlDataReader row, int first)
    {
        var identity = new AccountIdentity(Text(row, first)!, Text(row, first + 1)!) { OrganizationId = Text(row, first + 2), UserId = Text(row, first + 3) };
        return IdentityHash.Of(identity).AsSpan().SequenceEqual(row.GetFieldValue<byte[]>(first + 4)) ? identity : throw new FormatException("The row names another account than its key.");
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : StoredText.Read(row.GetString(column));

    // Names are any text, and JSON takes no halves of surrogate pairs, so they are written as texts in columns are.
    private static string Fingerprints(IReadOnlyDictionary<string, string> fingerprints) =>
        new JsonObject(fingerprints.Select(one => KeyValuePair.Create(StoredText.Write(one.Key)!, (JsonNode?)JsonValue.Create(StoredText.Write(one.Value))))).ToJsonString();

    private static Dictionary<string, string> Fingerprints(string json) => JsonNode.Parse(json) is JsonObject fingerprints
        ? fingerprints.ToDictionary(one => StoredText.Read(one.Key), one => Fingerprint(one.Value), StringComparer.Ordinal)
        : throw new FormatException("The fingerprints are no JSON object.");

    private static string Fingerprint(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? StoredText.Read(text) : throw new FormatException("A fingerprint is no text.");
}
