using System.Globalization;
using ScmIntegrations.Caching;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.GitHub.Authentication;

/// <summary>
/// What GitHub says of the installation: the permissions it has, and the page on which they are granted. Asked of GitHub,
/// because the page of an organisation and that of a user differ.
/// </summary>
internal sealed class InstallationProfile(GitHubHost host, GitHubLine line, AppCredential app, long installationId, TimeProvider timeProvider)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan FailureLifetime = TimeSpan.FromMinutes(1);

    // An error that is known already must not wait long for its embellishment.
    private static readonly TimeSpan LookUpTime = TimeSpan.FromSeconds(10);

    private readonly SingleFlight<int, GitHubInstallation?> _flight = new();
    private readonly Lock _gate = new();
    private Box? _known;
    private int _age;

    /// <summary>Describes the installation, as the App.</summary>
    public Task<GitHubInstallation> ReadAsync(CancellationToken cancellationToken) =>
        line.ExecuteAsync(
            GitHubRequest.Get("/app/installations/{installation_id}", installationId.ToString(CultureInfo.InvariantCulture)),
            app,
            (response, token) => InstallationWire.ReadAsync(response, host, token),
            cancellationToken);

    /// <summary>
    /// The same exception with what the installation has, and where it is put right; without, when that cannot be found, which is
    /// reported as a handled trouble.
    /// </summary>
    public async Task<ScmException> CompleteAsync(ScmException refused, InteractionScope? scope, CancellationToken cancellationToken)
    {
        if (await FindAsync(scope, cancellationToken).ConfigureAwait(false) is not { } installation)
        {
            return refused;
        }

        var error = refused.Error with { FixUrl = SettingsPage(installation) };
        if (refused.Reason is ErrorReason.PermissionMissing)
        {
            error = error with { GrantedPermissions = installation.Permissions };

            // The page of pending permissions is not documented, and used by many; where it is missing, GitHub leads to the
            // installation's own. Where no permission is missing it is the selection of repositories, which stands there too.
            var isGranted = error.AcceptedPermissions is { } accepted && PermissionSet.Missing(PermissionSet.Parse(accepted), installation.Permissions).Count == 0;
            error = error with { FixUrl = error.FixUrl is { } page && !isGranted ? new Uri(page.AbsoluteUri.TrimEnd('/') + "/permissions/update") : error.FixUrl };
        }

        return ScmException.From(error, refused.InnerException);
    }

    /// <summary>Forgets what is known, because it has changed. What is being looked up meanwhile is not kept, and nobody joins it.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _age++;
            Volatile.Write(ref _known, null);
        }
    }

    private async Task<GitHubInstallation?> FindAsync(InteractionScope? scope, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _known) is { } known && known.Installation.IsFresh(timeProvider.GetUtcNow()))
        {
            return known.Installation.Value;
        }

        var age = Volatile.Read(ref _age);
        using var bound = new CancellationTokenSource(LookUpTime, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            return await _flight.RunAsync(age, token => AskAsync(age, token), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled) when (cancellationToken.IsCancellationRequested)
        {
            // The caller looks for its own token, not for the linked one.
            throw new OperationCanceledException(cancelled.Message, cancelled, cancellationToken);
        }
        catch (Exception exception) when (exception is ScmException or OperationCanceledException)
        {
            // The caller already has an error to report; this must not take its place.
            Remember(age, null, FailureLifetime);
            scope?.ReportWarning("the installation could not be looked up", exception);
            return null;
        }
    }

    private async Task<GitHubInstallation?> AskAsync(int age, CancellationToken cancellationToken)
    {
        var installation = await ReadAsync(cancellationToken).ConfigureAwait(false);
        Remember(age, installation, Lifetime);
        return installation;
    }

    private Uri? SettingsPage(GitHubInstallation installation) =>
        installation.HtmlUrl is { } page && host.IsPage(page) ? page : null;

    private void Remember(int age, GitHubInstallation? installation, TimeSpan lifetime)
    {
        var now = timeProvider.GetUtcNow();
        lock (_gate)
        {
            if (age == _age)
            {
                Volatile.Write(ref _known, new Box(new Aged<GitHubInstallation?>(installation, now, now + lifetime)));
            }
        }
    }

    private sealed record Box(Aged<GitHubInstallation?> Installation);
}
