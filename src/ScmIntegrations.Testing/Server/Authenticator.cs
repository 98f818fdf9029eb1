using Microsoft.AspNetCore.Http;

namespace ScmIntegrations.Testing;

/// <summary>Turns the <c>Authorization</c> header into an identity, or into GitHub's refusal.</summary>
internal sealed class Authenticator(GitHubState state, FakeGitHubOptions options)
{
    public (Identity Identity, Answer? Refusal) Identify(HttpRequest request)
    {
        var token = ReadToken(request.Headers.Authorization.ToString());
        if (token is null)
        {
            return (Anonymous(), options.RequireCredentials ? Answers.RequiresAuthentication() : null);
        }

        if (state.UserTokens.TryGetValue(token, out var account))
        {
            return (new UserIdentity(account, token), null);
        }

        if (state.FindGrantedUser(token) is { } user)
        {
            return (new UserIdentity(user, token), null);
        }

        if (state.InstallationTokens.TryGetValue(token, out var minted) && minted.ExpiresAt > options.TimeProvider.GetUtcNow())
        {
            return (new InstallationIdentity(minted), minted.Installation.SuspendedAt is null ? null : Answers.InstallationSuspended());
        }

        if (JsonWebToken.LooksLikeOne(token))
        {
            var (app, refusal) = JsonWebToken.Check(token, state, options.TimeProvider.GetUtcNow());
            return app is null ? (Anonymous(), refusal) : (new AppIdentity(app, token), null);
        }

        return (Anonymous(), options.RequireCredentials ? Answers.BadCredentials() : null);
    }

    private static string? ReadToken(string header)
    {
        var parts = header.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts is [var scheme, var token]
            && (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || scheme.Equals("token", StringComparison.OrdinalIgnoreCase))
            ? token
            : null;
    }

    private AnonymousIdentity Anonymous() => new(SeesEverything: !options.RequireCredentials);
}
