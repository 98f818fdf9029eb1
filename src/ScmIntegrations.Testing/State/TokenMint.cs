namespace ScmIntegrations.Testing;

/// <summary>Makes installation tokens.</summary>
internal static class TokenMint
{
    public static InstallationToken Mint(this GitHubState state, FakeInstallation installation, FakeGitHubOptions options, IReadOnlyDictionary<string, string>? permissions, IReadOnlySet<long>? repositoryIds)
    {
        var token = new InstallationToken(
            InstallationToken.NewValue(installation.App.Id),
            installation,
            options.TimeProvider.GetUtcNow() + options.InstallationTokenLifetime,
            permissions,
            repositoryIds);
        state.InstallationTokens[token.Value] = token;
        return token;
    }
}
