using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Interactions;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Limits;

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
    RateLimitReserve reserve,
    RequestTraffic traffic,
    InteractionOutcomes outcomes,
    CredentialRecord credentialRecord)
{
    /// <summary>The resource that all counts against that has no limit of its own.</summary>
    public const string Core = "core";

    private const string Provider = "github";

    /// <summary>The client's name in telemetry.</summary>
    public string Name => name;

    public GitHubHost Host => host;

    public GitHubIntegrationOptions Options => options;

    public IGitHubCredential Credential => credential;

    /// <summary>The installation that is spoken for; <see langword="null"/> for a client with a token, or of an App itself.</summary>
    public InstallationProfile? Installation => installation;

    public IInteractions Interactions => interactions;

    public CallPipeline Calls => calls;

    /// <summary>When the credential last served and was last refused.</summary>
    public CredentialRecord CredentialRecord => credentialRecord;

    /// <summary>Decides how an error ends an interaction.</summary>
    public InteractionOutcomes Outcomes => outcomes;

    /// <summary>The refusal that the next request would meet here, because a limit holds; <see langword="null"/> when it would be sent.</summary>
    public ScmException? HeldBack(string resource = Core) => gate.Check(credential.Identity, resource);

    /// <summary>Why no background work may begin now, because others will need what is left of the hourly limit; <see langword="null"/> when it may.</summary>
    public ScmException? ReserveReached() => reserve.Check(credential.Identity, Core, options.Trees.RequestFloor);

    /// <summary>How long a request has taken of late, in seconds.</summary>
    public double SecondsPerRequest => traffic.Duration.Seconds;

    /// <summary>What is left of the hourly limit, and how much of it background work leaves to others.</summary>
    public (RateLimitReading? Limit, int Reserved) ReadReserve() =>
        reserve.Read(credential.Identity, Core, options.Trees.RequestFloor) is (var limit, var reserved) ? (limit, reserved) : (null, 0);

    /// <summary>
    /// Admits a piece of background work, when its turn has come and others can spare its requests. Asked before the work begins,
    /// and so before anybody can join it: an interactive caller who does never waits for this.
    /// </summary>
    /// <returns>The work, to be disposed at its end; or why it must not begin.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<BackgroundWork> AdmitBackgroundAsync(string resource, CancellationToken cancellationToken)
    {
        var floor = options.Trees.RequestFloor;
        if (reserve.Check(credential.Identity, resource, floor) is { } refusal)
        {
            return new(null, refusal);
        }

        await traffic.PaceBackgroundAsync(credential.Identity, cancellationToken).ConfigureAwait(false);
        return reserve.Admit(credential.Identity, resource, floor);
    }

    /// <summary>Whether work that has begun may send one more request. Interactive work may while any is left, background work while the reserve is.</summary>
    public bool MaySpendMore(RequestLane lane) =>
        lane is RequestLane.Interactive ? !reserve.IsUsedUp(credential.Identity, Core) : ReserveReached() is null;

    /// <summary>Charges background work that has begun for one more request, without waiting: an interactive caller may be waiting for that work.</summary>
    public void Charge(RequestLane lane)
    {
        if (lane is RequestLane.Background)
        {
            traffic.ChargeBackground(credential.Identity);
        }
    }

    /// <summary>Describes an interaction of this client.</summary>
    public InteractionDescriptor Describe(string operation, RepositoryRef? repository = null) => new(operation, Provider)
    {
        Client = name,
        LogSampleRate = options.LogSampleRate,
        Extras = repository is null ? null : new RepositoryFact(repository),
    };

    /// <summary>Sends one request as an interaction of its own.</summary>
    public Task<T> RunAsync<T>(string operation, GitHubRequest request, ResponseReader<T> read, CancellationToken cancellationToken, RepositoryRef? repository = null) =>
        interactions.RunAsync(Describe(operation, repository), _ => SendAsync(request, read, cancellationToken), cancellationToken);

    /// <summary>Sends one request within an interaction that is already open. What concerns the installation is told with its permissions and its page.</summary>
    public async Task<T> SendAsync<T>(GitHubRequest request, ResponseReader<T> read, CancellationToken cancellationToken)
    {
        using var work = request is { Lane: RequestLane.Background, IsAdmitted: false }
            ? await AdmitBackgroundAsync(request.RateLimitResource, cancellationToken).ConfigureAwait(false)
            : default;
        if (work.Refusal is { } refusal)
        {
            throw refusal;
        }

        try
        {
            var result = await line.ExecuteAsync(request, credential, read, cancellationToken).ConfigureAwait(false);
            credentialRecord.Accept();
            return result;
        }
        catch (ScmException refused) when (Note(refused) && installation is not null && IsAboutInstallation(refused))
        {
            throw await installation.CompleteAsync(refused, interactions.Current, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool Note(ScmException refused)
    {
        credentialRecord.Note(refused);
        return true;
    }

    /// <summary>A permission that the App itself lacks, when it mints, is no matter of the installation's.</summary>
    private bool IsAboutInstallation(ScmException refused) => refused.Reason switch
    {
        ErrorReason.PermissionMissing => refused.Error.CredentialOwner == credential.Owner,
        ErrorReason.InstallationSuspended => true,
        _ => false,
    };
}
