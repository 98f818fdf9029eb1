using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScmIntegrations.Accounts;

namespace ScmIntegrations.ToolGateways.Scalekit;

/// <summary>What a caller supplies for an account. Checked when it is made, so that nothing is sent of what cannot be right.</summary>
[DebuggerDisplay("***")]
internal sealed class ScalekitChange
{
    private readonly JsonObject? _credential;
    private readonly JsonElement? _configuration;

    /// <summary>Takes what is supplied.</summary>
    /// <exception cref="ArgumentException">The credential is empty, or the configuration is no JSON object.</exception>
    public ScalekitChange(AccountCredential? credential, JsonElement? apiConfiguration)
    {
        credential?.Check(nameof(credential));
        _configuration = apiConfiguration switch
        {
            null => null,
            { ValueKind: JsonValueKind.Object } given => given.Clone(),
            { } other => throw new ArgumentException($"An API configuration is a JSON object; this is {other.ValueKind}. Leave it out to keep what the account has.", nameof(apiConfiguration)),
        };
        _credential = credential is null ? null : ScalekitCredentials.Write(credential, nameof(credential));
        Secrets = ScalekitCredentials.SecretsOf(credential);
    }

    /// <summary>Whether nothing was supplied.</summary>
    public bool IsEmpty => _credential is null && _configuration is null;

    /// <summary>The secrets in it, which no message may show.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyList<string> Secrets { get; }

    /// <summary>The <c>connected_account</c> of a request, which has to be there and may be empty.</summary>
    public JsonObject ToBody()
    {
        var body = new JsonObject();
        if (_credential is not null)
        {
            body["authorization_details"] = _credential.DeepClone();
        }

        if (_configuration is { } configuration)
        {
            body["api_config"] = JsonObject.Create(configuration);
        }

        return body;
    }

    public override string ToString() => "***";
}
