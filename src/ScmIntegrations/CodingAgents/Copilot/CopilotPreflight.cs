using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.CodingAgents.Copilot;

/// <summary>Looks, without launching, whether credential, repository, permission and the agent's availability allow a launch.</summary>
internal sealed class CopilotPreflight(GitHubConnection gitHub, CopilotTasks tasks, IInstallationLookup? installations, Func<Exception, LaunchFailureExplanation> explain)
{
    private static readonly IReadOnlyList<IReadOnlyList<string>> Needed = PermissionSet.Parse("contents=write");

    public async Task<IReadOnlyList<CodingAgentCheck>> RunAsync(RepositoryRef repository, CancellationToken cancellationToken)
    {
        var credential = await CheckCredentialAsync(cancellationToken).ConfigureAwait(false);
        if (credential.Result is CodingAgentCheckResult.Failed)
        {
            // Whatever else is asked with it would be told about another than the launch.
            return [credential, NotAsked("repository"), await CheckPermissionAsync(repository, cancellationToken).ConfigureAwait(false), NotAsked("availability")];
        }

        return
        [
            credential,
            await CheckRepositoryAsync(repository, cancellationToken).ConfigureAwait(false),
            await CheckPermissionAsync(repository, cancellationToken).ConfigureAwait(false),
            await CheckAvailabilityAsync(repository, cancellationToken).ConfigureAwait(false),
        ];
    }

    private async Task<CodingAgentCheck> CheckCredentialAsync(CancellationToken cancellationToken) =>
        await CopilotCredential.CheckAsync(gitHub, cancellationToken).ConfigureAwait(false) is { } refusal
            ? Failed("credential", refusal)
            : Passed("credential", "The credential is not an installation's, so it can be a user's.");

    private Task<CodingAgentCheck> CheckRepositoryAsync(RepositoryRef repository, CancellationToken cancellationToken) => AskAsync(
        "repository",
        async () =>
        {
            var found = await gitHub.SendAsync(
                GitHubRequest.Get("/repos/{owner}/{repo}", repository.Owner, repository.Name),
                static (response, token) => response.ReadJsonAsync(GitHubJson.Default.GitHubRepository, token),
                cancellationToken).ConfigureAwait(false);
            return found.IsArchived
                ? new("repository", CodingAgentCheckResult.Failed, $"{repository} is archived, so nothing can be pushed to it.") { FailureType = LaunchFailureType.Generic }
                : Passed("repository", $"{repository} can be seen.");
        },
        cancellationToken);

    private async Task<CodingAgentCheck> CheckPermissionAsync(RepositoryRef repository, CancellationToken cancellationToken)
    {
        if (installations is null)
        {
            return new("permission", CodingAgentCheckResult.Unknown, $"No {nameof(IInstallationLookup)} is registered to find the App's installation.");
        }

        return await AskAsync(
            "permission",
            async () =>
            {
                if (await installations.FindAsync(repository, installationId: null, cancellationToken).ConfigureAwait(false) is not { } installation)
                {
                    return new("permission", CodingAgentCheckResult.Unknown, $"No installation of the App covers {repository}; a personal access token needs none.");
                }

                if (installation.SuspendedAt is not null)
                {
                    return new("permission", CodingAgentCheckResult.Failed, "The App's installation is suspended.")
                    {
                        FailureType = LaunchFailureType.Generic,
                        FixUrl = Page(installation.HtmlUrl),
                    };
                }

                var missing = PermissionSet.Missing(Needed, installation.Permissions);
                return missing.Count == 0
                    ? Passed("permission", "The App's installation has the permissions.")
                    : new("permission", CodingAgentCheckResult.Failed, $"The App's installation lacks {string.Join(", ", missing)}.")
                    {
                        FailureType = LaunchFailureType.GitHubAppPermissions,
                        MissingPermissions = missing,
                        FixUrl = Page(installation.PermissionsUrl ?? installation.HtmlUrl),
                    };
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A list of one: where the agent is switched off, it is refused like a launch.</summary>
    private Task<CodingAgentCheck> CheckAvailabilityAsync(RepositoryRef repository, CancellationToken cancellationToken) => AskAsync(
        "availability",
        async () =>
        {
            await tasks.ProbeAsync(repository, cancellationToken).ConfigureAwait(false);
            return Passed("availability", "The tasks of the repository can be listed, so the agent is there. License and quota are told at the launch only.");
        },
        cancellationToken);

    private async Task<CodingAgentCheck> AskAsync(string name, Func<Task<CodingAgentCheck>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (ScmException refused) when (!cancellationToken.IsCancellationRequested && refused.Status is not null && !refused.IsTransient && refused.Reason is not ErrorReason.Unknown)
        {
            return Failed(name, refused);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new(name, CodingAgentCheckResult.Unknown, exception is ScmException told ? told.Message : $"It could not be asked: {exception.GetType().Name}.");
        }
    }

    private Uri? Page(Uri? page) => page is not null && gitHub.Host.IsPage(page) ? page : null;

    private CodingAgentCheck Failed(string name, ScmException refused)
    {
        var why = explain(refused);
        return new(name, CodingAgentCheckResult.Failed, refused.Message)
        {
            FailureType = why.Type,
            MissingPermissions = why.Type is LaunchFailureType.GitHubAppPermissions ? why.Accepted(refused).MinBy(alternative => alternative.Count) ?? [] : [],
            FixUrl = why.FixUrl,
        };
    }

    private static CodingAgentCheck Passed(string name, string message) => new(name, CodingAgentCheckResult.Passed, message);

    private static CodingAgentCheck NotAsked(string name) => new(name, CodingAgentCheckResult.Unknown, "Not asked, because the credential will not do.");
}
