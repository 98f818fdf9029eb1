using System.Text.Json.Nodes;
using ScmIntegrations.Accounts.Protection;

namespace ScmIntegrations.Accounts.Storage;

/// <summary>What is known of the fields of a stored credential by their fingerprints alone.</summary>
/// <param name="present">The account.</param>
/// <param name="fingerprints">Makes its fingerprints; <see langword="null"/> when nothing can be known to be the same.</param>
internal sealed class KnownFields(StoredAccount present, CredentialFingerprints? fingerprints)
{
    // Beside the fingerprint of a token that a refresh brought, that of the one which the user had supplied.
    private const string Supplied = "supplied.";

    /// <summary>The names of the stored fields.</summary>
    public IEnumerable<string> Names => present.Fingerprints.Keys.Where(name => !IsSupplied(name));

    /// <summary>Whether all of these are stored.</summary>
    public bool HasAll(JsonObject fields) => fields.All(field => Has(field.Key, field.Value));

    /// <summary>Leaves out of what is supplied again that in whose place a refresh has put something else, and the ends of such tokens.</summary>
    public void DropSpent(JsonObject supplied)
    {
        foreach (var (name, value) in supplied.ToList())
        {
            if (IsSupplied(Supplied + name) && Has(Supplied + name, name, value) && !Has(name, value))
            {
                supplied.Remove(name);
                supplied.Remove(Array.Find(OAuthTokenCredential.Ends, one => one.Token.Equals(name, StringComparison.Ordinal)).End ?? name);
            }
        }
    }

    /// <summary>Those of the stored fields that stay: they are not supplied, and are not the end of a token that is replaced.</summary>
    public HashSet<string> Kept(IEnumerable<string> stored, JsonObject supplied)
    {
        var kept = stored.Where(name => !supplied.ContainsKey(name)).ToHashSet(StringComparer.Ordinal);
        foreach (var (token, end) in OAuthTokenCredential.Ends)
        {
            if (supplied.TryGetPropertyValue(token, out var value) && !Has(token, value))
            {
                kept.Remove(end);
            }
        }

        return kept;
    }

    /// <summary>What was once supplied for fields that stay: it is still known as spent.</summary>
    public List<KeyValuePair<string, string>> SpentOf(IReadOnlySet<string> kept) =>
        [.. present.Fingerprints.Where(one => IsSupplied(one.Key) && kept.Contains(one.Key[Supplied.Length..]))];

    /// <summary>What was once supplied, once a refresh has brought other fields: whoever supplies it again must not undo the refresh.</summary>
    public List<KeyValuePair<string, string>> SpentBy(JsonObject brought, JsonObject stored) =>
    [
        .. stored
            .Where(field => brought.ContainsKey(field.Key) || present.Fingerprints.ContainsKey(Supplied + field.Key))
            .Select(field => KeyValuePair.Create(Supplied + field.Key, present.Fingerprints.GetValueOrDefault(Supplied + field.Key) ?? fingerprints!.Of(field.Key, field.Value))),
    ];

    private bool Has(string name, JsonNode? value) => Has(name, name, value);

    private bool Has(string stored, string name, JsonNode? value) =>
        fingerprints is not null && fingerprints.Of(name, value).Equals(present.Fingerprints.GetValueOrDefault(stored), StringComparison.Ordinal);

    // Only tokens are refreshed; the names of other kinds are their users' own.
    private bool IsSupplied(string name) => present.CredentialKind is OAuthTokenCredential.KindName && name.StartsWith(Supplied, StringComparison.Ordinal);
}
