using System.Text.Json;
using System.Text.Json.Nodes;
using ScmIntegrations.Accounts;
using ScmIntegrations.Http;

namespace ScmIntegrations.ToolGateways.Scalekit;

/// <summary>Credentials in Scalekit's form: <c>{kind: fields}</c>, of which only the fields that are set are there.</summary>
internal static class ScalekitCredentials
{
    private const string Details = "details";

    // What Scalekit takes of a kind; what it gives out beside it is its own to set.
    private static readonly Dictionary<string, string[]> Taken = new(StringComparer.Ordinal)
    {
        [OAuthTokenCredential.KindName] = [OAuthTokenCredential.AccessTokenField, OAuthTokenCredential.RefreshTokenField, OAuthTokenCredential.ScopesField, OAuthTokenCredential.DomainField],
        [TrustedIdentityCredential.KindName] = ["db_user"],
    };

    private static readonly string[] NotSecret = [OAuthTokenCredential.ScopesField, OAuthTokenCredential.DomainField, "db_user"];

    /// <summary>The credential as it is sent.</summary>
    /// <exception cref="ArgumentException">Nothing of it is taken.</exception>
    public static JsonObject Write(AccountCredential credential, string parameter)
    {
        var fields = credential.ToFields();
        var taken = Taken.TryGetValue(credential.Kind, out var names)
            ? new JsonObject(fields.Where(field => names.Contains(field.Key, StringComparer.Ordinal) && field.Value is not JsonArray { Count: 0 }).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())))
            : fields;
        return taken.Count == 0
            ? throw new ArgumentException($"Nothing of the credential can be given to Scalekit, which takes {string.Join(", ", names ?? [])} of the kind {credential.Kind}. Leave the credential out to keep what the account has.", parameter)
            : new JsonObject { [credential.Kind] = credential.Kind is StaticSecretCredential.KindName ? new JsonObject { [Details] = taken } : taken };
    }

    /// <summary>Every text of a credential that no message may show.</summary>
    public static IReadOnlyList<string> SecretsOf(AccountCredential? credential) => credential is null ? [] : [.. Texts(credential.ToFields())];

    /// <summary>The credential of an answer; <see langword="null"/> when none is there.</summary>
    /// <exception cref="WrongShapeException">It is not what it should be. The message does not show it.</exception>
    public static AccountCredential? Read(JsonElement details)
    {
        try
        {
            foreach (var kind in details.EnumerateObject().Where(kind => kind.Value.ValueKind is JsonValueKind.Object))
            {
                // The name is one of a closed set, save where the kind is new.
                var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.Name);
                var fields = name is StaticSecretCredential.KindName && kind.Value.Object(Details) is { } inner ? inner : kind.Value;
                if (fields.GetPropertyCount() > 0)
                {
                    return AccountCredential.FromFields(name, Snake(fields, keepNames: name is StaticSecretCredential.KindName));
                }
            }

            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new WrongShapeException("The credential of the answer is not what it should be.", exception);
        }
    }

    /// <summary>The fields with their names in snake_case. The names of static secrets are the user's own.</summary>
    private static JsonObject Snake(JsonElement fields, bool keepNames)
    {
        var read = new JsonObject();
        foreach (var field in fields.EnumerateObject().Where(field => field.Value.ValueKind is not JsonValueKind.Null))
        {
            read[keepNames ? field.Name : JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name)] = JsonNode.Parse(field.Value.GetRawText());
        }

        return read;
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject fields => fields.Where(field => !NotSecret.Contains(field.Key, StringComparer.Ordinal)).SelectMany(field => Texts(field.Value)),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.GetValueKind() is JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };
}
