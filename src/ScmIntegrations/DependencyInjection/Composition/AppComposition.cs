using ScmIntegrations.Caching;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.GitHub.Paging;
using ScmIntegrations.GitHub.Transport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts together what speaks as the App itself.</summary>
internal sealed record AppComposition(IGitHubAppClient Client, AppInstallationLookup Lookup)
{
    public static AppComposition Compose(GitHubConnection app, BoundedCache cache, TimeProvider time)
    {
        var installations = new InstallationReader(app);
        return new(
            new GitHubAppClient(app, installations, new ScopedTokenMint(app, time), new PageWalk(app)),
            new AppInstallationLookup(installations, cache, time));
    }
}
