using System.Text.Json.Nodes;

namespace ScmIntegrations.Testing;

/// <summary>A connected account of a <see cref="FakeScalekit"/>. A test moves its status.</summary>
public sealed class FakeScalekitAccount
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly JsonObject _apiConfig = [];
    private JsonObject _details = [];

    internal FakeScalekitAccount(string id, ScalekitScope scope, TimeProvider time)
    {
        Id = id;
        Scope = scope;
        _time = time;
        UpdatedAt = time.GetUtcNow();
    }

    /// <summary>The id, <c>ca_…</c>.</summary>
    public string Id { get; }

    /// <summary>The connection.</summary>
    public string Connector => Scope.Connector;

    /// <summary>Whose it is.</summary>
    public string Identifier => Scope.Identifier;

    /// <summary>The organisation; empty for none.</summary>
    public string OrganizationId => Scope.OrganizationId;

    /// <summary>The user; empty for none.</summary>
    public string UserId => Scope.UserId;

    /// <summary>The provider, in capitals; by default what the connection's name begins with.</summary>
    public string Provider => Connector.Split('-')[0].ToUpperInvariant();

    /// <summary>The status in Scalekit's word, or whatever a test has set: <c>ACTIVE</c>, <c>EXPIRED</c>, <c>PENDING_AUTH</c>, <c>PENDING_VERIFICATION</c>, <c>DISCONNECTED</c>.</summary>
    public string Status { get; set; } = "PENDING_AUTH";

    /// <summary>The authorization type in Scalekit's word, or whatever a test has set.</summary>
    public string AuthorizationType { get; set; } = "OAUTH";

    /// <summary>When the provider's token ends; <see langword="null"/> when it does not.</summary>
    public DateTimeOffset? TokenExpiresAt { get; set; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>How often it was written, creation included.</summary>
    public int Writes { get; private set; }

    /// <summary>The credential as JSON, secrets included.</summary>
    public string AuthorizationDetails
    {
        get
        {
            lock (_gate)
            {
                return _details.ToJsonString();
            }
        }
    }

    /// <summary>The configuration as JSON.</summary>
    public string ApiConfig
    {
        get
        {
            lock (_gate)
            {
                return _apiConfig.ToJsonString();
            }
        }
    }

    internal ScalekitScope Scope { get; }

    /// <summary>A text of the credential.</summary>
    /// <param name="kind">For example <c>oauth_token</c>.</param>
    /// <param name="field">For example <c>refresh_token</c>.</param>
    /// <returns>The text; <see langword="null"/> when it is absent.</returns>
    public string? Secret(string kind, string field)
    {
        lock (_gate)
        {
            return (_details[kind] as JsonObject)?[field]?.ToString();
        }
    }

    /// <summary>Takes what a request gives: of a credential of the same kind the fields that are there, and keys of the configuration. What is absent or empty stays.</summary>
    internal void Apply(JsonObject? details, JsonObject? apiConfig)
    {
        lock (_gate)
        {
            Writes++;
            UpdatedAt = _time.GetUtcNow();
            Merge(_apiConfig, apiConfig);
            if (details?.FirstOrDefault(kind => kind.Value is JsonObject { Count: > 0 }) is not { Key: { } kind, Value: JsonObject given })
            {
                return;
            }

            if (!_details.ContainsKey(kind))
            {
                _details = new() { [kind] = new JsonObject() };
            }

            Merge((JsonObject)_details[kind]!, given);
            (Status, AuthorizationType) = ("ACTIVE", ScalekitWire.TypeOf(kind));
        }
    }

    private static void Merge(JsonObject target, JsonObject? given)
    {
        foreach (var (name, value) in given ?? [])
        {
            // An empty text is the same as none, as everywhere in proto3.
            if (value is not null && !(value is JsonValue text && text.TryGetValue<string>(out var word) && word.Length == 0))
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
