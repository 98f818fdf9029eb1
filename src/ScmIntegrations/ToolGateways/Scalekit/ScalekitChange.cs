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
    private readonly JsonObject? _configuration;

    /// <summary>Takes what is supplied.</summary>
    /// <exception cref="ArgumentException">The credential is empty, or the configuration is no JSON object.</exception>
    public ScalekitChange(AccountCredential? credential, JsonElement? apiConfiguration)
    {
        credential?.Check(nameof(credential));
        ApiConfiguration.Check(apiConfiguration, nameof(apiConfiguration));
        _configuration = apiConfiguration is { } given && given.GetPropertyCount() > 0 ? JsonObject.Create(given.Clone()) : null;
        _credential = credential is null ? null : ScalekitCredentials.Write(credential, nameof(credential));
        Secrets = ScalekitCredentials.SecretsOf(credential);
    }

    /// <summary>Whether nothing was supplied; a configuration without fields is nothing.</summary>
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

        if (_configuration is not null)
        {
            body["api_config"] = _configuration.DeepClone();
        }

        return body;
    }

    public override string ToString() => "***";
}
