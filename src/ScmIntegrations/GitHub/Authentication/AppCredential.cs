using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub.Authentication;

/// <summary>A GitHub App speaking for itself: every token is a freshly signed JWT.</summary>
internal sealed class AppCredential(string clientId, IAppJwtSigner signer, TimeProvider timeProvider) : IGitHubCredential
{
    // GitHub measures both against its own clock: a minute back for drift, and at most ten ahead, of which one is kept for drift
    // (docs.github.com, "Generating a JSON Web Token for a GitHub App").
    private static readonly TimeSpan BackDate = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(9);

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT"}"""u8);

    private long _clockOffset;

    public string Identity => $"app:{clientId}";

    public CredentialOwner Owner => CredentialOwner.Operator;

    public bool CanRenew => false;

    public async ValueTask<GitHubToken> GetTokenAsync(CancellationToken cancellationToken = default)
    {
        var now = timeProvider.GetUtcNow();
        var gitHubsNow = now + TimeSpan.FromTicks(Volatile.Read(ref _clockOffset));
        var claims = new AppJwtClaims((gitHubsNow - BackDate).ToUnixTimeSeconds(), (gitHubsNow + Life).ToUnixTimeSeconds(), clientId);
        var payload = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, GitHubJson.Default.AppJwtClaims));
        var signature = await signer.SignAsync(Encoding.ASCII.GetBytes($"{Header}.{payload}"), cancellationToken).ConfigureAwait(false);
        return new GitHubToken($"{Header}.{payload}.{Base64Url.EncodeToString(signature)}", now + Life);
    }

    /// <summary>Learns what time it is for GitHub. Signatures are dated by it from now on.</summary>
    public void SetClock(DateTimeOffset gitHubsNow) => Volatile.Write(ref _clockOffset, (gitHubsNow - timeProvider.GetUtcNow()).Ticks);

    public void Invalidate(GitHubToken token)
    {
    }
}

/// <summary>The claims GitHub reads: seconds since the epoch, and the App's client id (or app id on older servers).</summary>
internal sealed record AppJwtClaims(long Iat, long Exp, string Iss);
