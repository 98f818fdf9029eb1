using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.CodingAgents.Copilot;

/// <summary>
/// Whether a credential can speak for a user, which Copilot's tasks need: an App's installation cannot start any (docs.github.com, "Using
/// the agent tasks API"). Found out before anything is sent.
/// </summary>
internal static class CopilotCredential
{
    /// <summary>The refusal; <see langword="null"/> when nothing speaks against the credential.</summary>
    public static async ValueTask<ScmException?> CheckAsync(GitHubConnection connection, CancellationToken cancellationToken) =>
        await FaultAsync(connection, cancellationToken).ConfigureAwait(false) is { } has
            ? ScmException.From(new ScmError
            {
                Reason = ErrorReason.CredentialMissing,
                Origin = ErrorOrigin.Client,
                CredentialOwner = connection.Credential.Owner,
                Message = $"Not sent: GitHub Copilot needs a user's authorisation, and the client has {has}. Connect the user's GitHub account, or use a personal access token.",
            })
            : null;

    private static async ValueTask<string?> FaultAsync(GitHubConnection connection, CancellationToken cancellationToken) => connection switch
    {
        { Installation: not null } or { Credential: InstallationCredential } => "an App's installation",
        { Credential: AppCredential } => "an App's own signature",
        _ => await PeekAsync(connection.Credential, cancellationToken).ConfigureAwait(false) switch
        {
            // Prefixes as docs.github.com gives them, "GitHub's token formats".
            { } token when token.StartsWith("ghs_", StringComparison.Ordinal) => "an installation's token (ghs_)",
            { } token when token.StartsWith("ghr_", StringComparison.Ordinal) => "a refresh token (ghr_), which is only good for getting another",
            { } token when IsJsonWebToken(token) => "a JSON web token, which is an App's",
            _ => null,
        },
    };

    /// <summary>The token; <see langword="null"/> when it cannot be had, which the call itself will tell.</summary>
    private static async ValueTask<string?> PeekAsync(IGitHubCredential credential, CancellationToken cancellationToken)
    {
        try
        {
            return (await credential.GetTokenAsync(cancellationToken).ConfigureAwait(false))?.Value;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    // Its first part is base64url of an object, which begins with {".
    private static bool IsJsonWebToken(string token) => token.StartsWith("eyJ", StringComparison.Ordinal) && token.Split('.').Length == 3;
}
