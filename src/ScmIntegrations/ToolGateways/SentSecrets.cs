using System.Diagnostics;
using ScmIntegrations.Http;

namespace ScmIntegrations.ToolGateways;

/// <summary>The secrets that went out with a request, in every form in which an answer might repeat them. A gateway that does is no way for them to get out.</summary>
[DebuggerDisplay("***")]
internal sealed class SentSecrets
{
    // What is shorter is no secret, and stands in many words.
    private const int MinLength = 4;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string[] _forms;

    private SentSecrets(IEnumerable<string> secrets) => _forms = SecretForms.Of(secrets.Where(secret => secret.Length >= MinLength));

    /// <summary>A request that carried none.</summary>
    public static SentSecrets None { get; } = new([]);

    /// <summary>Those of a request and of its credential.</summary>
    public static SentSecrets Of(GatewayToken? token, IReadOnlyList<string> ofRequest) =>
        token is null && ofRequest.Count == 0 ? None : new(token is null ? ofRequest : ofRequest.Append(token.Value));

    /// <summary>Makes foreign text safe to show.</summary>
    public string Clean(string text) => Redaction.Clean(text, _forms);

    public override string ToString() => "***";
}
