using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>Accounts as Scalekit writes them.</summary>
internal static class ScalekitAccountJson
{
    public static JsonAnswer One(ScalekitCall call, int status, FakeScalekitAccount account, bool withSecrets = false) => new(status, json =>
    {
        var names = new ScalekitNames(call.Options);
        json.WriteStartObject();
        json.WritePropertyName(names["connected_account"]);
        Write(json, names, account, withSecrets);
        json.WriteEndObject();
    });

    public static JsonAnswer List(ScalekitCall call, IReadOnlyList<FakeScalekitAccount> page, int total, string next) => new(200, json =>
    {
        var names = new ScalekitNames(call.Options);
        json.WriteStartObject();
        json.WriteStartArray(names["connected_accounts"]);
        foreach (var account in page)
        {
            Write(json, names, account, withSecrets: false);
        }

        json.WriteEndArray();
        json.WriteNumber(names["total_size"], total);
        json.WriteString(names["next_page_token"], next);
        json.WriteString(names["prev_page_token"], "");
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, ScalekitNames names, FakeScalekitAccount account, bool withSecrets)
    {
        json.WriteStartObject();
        json.WriteString("id", account.Id);
        json.WriteString("identifier", account.Identifier);
        json.WriteString("provider", account.Provider);
        json.WriteString("connector", account.Connector);
        json.WriteString(names["connection_id"], "conn_" + account.Connector);
        names.WriteEnum(json, "status", account.Status, ScalekitWire.Statuses);
        names.WriteEnum(json, "authorization_type", account.AuthorizationType, ScalekitWire.AuthorizationTypes);
        json.WritePropertyName(names["api_config"]);
        json.WriteRawValue(account.ApiConfig);
        json.WriteString(names["updated_at"], account.UpdatedAt);
        if (account.TokenExpiresAt is { } end)
        {
            json.WriteString(names["token_expires_at"], end);
        }
        else
        {
            json.WriteNull(names["token_expires_at"]);
        }

        json.WriteNull(names["last_used_at"]);
        if (withSecrets)
        {
            json.WritePropertyName(names["authorization_details"]);
            json.WriteRawValue(account.AuthorizationDetails);
        }

        json.WriteEndObject();
    }
}
