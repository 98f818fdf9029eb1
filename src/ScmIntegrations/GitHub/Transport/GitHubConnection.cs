using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Interactions;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Transport;

/// <summary>One client's way to GitHub: its line, its credential, and what is known of its limits. Operations are written against it.</summary>
internal sealed class GitHubConnection(
    string name,
    GitHubHost host,
    GitHubIntegrationOptions options,
    GitHubLine line,
    IGitHubCredential credential,
    InstallationProfile? installation,
    IInteractions interactions,
    CallPipeline calls,
    RateLimitGate gate,
    RateLimitLedger ledger,
    InteractionOutcomes outcomes)
{
    private const string Provider = "github";

    /// <summary>The client's name in telemetry.</summary>
    public string Name => name;

    public GitHubHost Host => host;

    public GitHubIntegrationOptions Options => options;

    public IGitHubCredential Credential => credential;

    /// <summary>The installation that is spoken for; <see langword="null"/> for a client with a token.</summary>
    public InstallationProfile? Installation => installation;

    public IInteractions Interactions => interactions;

    public CallPipeline Calls => calls;

    /// <summary>Decides how an error ends an interaction.</summary>
    public InteractionOutcomes Outcomes => outcomes;

    /// <summary>The refusal that the next request would meet here, because a limit holds; <see langword="null"/> when it would be sent.</summary>
    public ScmException? HeldBack(string resource = "core") => gate.Check(credential.Identity, resource);

    /// <summary>Whether more requests than the given number are left of the hourly limit, as far as is known.</summary>
    public bool LeftAbove(int floor, out RateLimitReading known)
    {
        var reading = ledger.Find(credential.Identity, "core");
        known = reading.GetValueOrDefault();
        return reading is null || known.Remaining > floor;
    }

    /// <summary>Describes an interaction of this client.</summary>
    public InteractionDescriptor Describe(string operation, RepositoryRef? repository = null) => new(operation, Provider)
    {
        Client = name,
        LogSampleRate = options.LogSampleRate,
        Extras = repository is null ? null : new Dictionary<string, object?>(StringComparer.Ordinal) { ["repository"] = repository.FullName },
    };

    /// <summary>Sends one request as an interaction of its own.</summary>
    public Task<T> RunAsync<T>(string operation, GitHubRequest request, ResponseReader<T> read, CancellationToken cancellationToken, RepositoryRef? repository = null) =>
        interactions.RunAsync(Describe(operation, repository), _ => SendAsync(request, read, cancellationToken), cancellationToken);

    /// <summary>Sends one request within an interaction that is already open. What concerns the installation is told with its permissions and its page.</summary>
    public async Task<T> SendAsync<T>(GitHubRequest request, ResponseReader<T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await line.ExecuteAsync(request, credential, read, cancellationToken).ConfigureAwait(false);
        }
        catch (ScmException refused) when (installation is not null && IsAboutInstallation(refused))
        {
            throw await installation.CompleteAsync(refused, interactions.Current, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A permission that the App itself lacks, when it mints, is no matter of the installation's.</summary>
    private bool IsAboutInstallation(ScmException refused) => refused.Reason switch
    {
        ErrorReason.PermissionMissing => refused.Error.CredentialOwner == credential.Owner,
        ErrorReason.InstallationSuspended => true,
        _ => false,
    };
}
