using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.GitHub.Repositories;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.GitHub.Trees.Cache;

namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>What an event makes untrue of what is remembered. Forgetting too much costs a request; forgetting too little, a stale answer.</summary>
internal sealed class WebhookInvalidation(GitHubConnection connection, TreeCache trees, RepositoryList repositories, AppInstallationLookup? lookup)
{
    private readonly InstallationCredential? _own = connection.Credential as InstallationCredential;

    /// <summary>Lifts what the event concerns. One for another installation than the client's own concerns only what the App knows of installations.</summary>
    public void Apply(GitHubWebhookEvent webhook)
    {
        ForgetInstallation(webhook);
        if (_own is not null && webhook.InstallationId is { } installation && installation != _own.InstallationId)
        {
            return;
        }

        switch (webhook)
        {
            case GitHubPushEvent { Repository: { } repository } push:
                LiftPush(repository, push);
                break;
            case GitHubRefEvent { Repository: { } repository } change:
                LiftRef(repository, change);
                break;
            case GitHubInstallationRepositoriesEvent { Added.Count: 0, Removed.Count: 0 } unnamed:
                LiftOwners([unnamed.Account]);
                break;
            case GitHubRepositoryEvent or GitHubInstallationRepositoriesEvent or GitHubOtherEvent { Name: "public" }:
                foreach (var repository in webhook.Concerned)
                {
                    LiftRepository(repository, repository.Equals(webhook.Repository) ? webhook.RepositoryId : null, webhook.DefaultBranch, (webhook as GitHubRepositoryEvent)?.PreviousDefaultBranch);
                }

                repositories.Forget();
                break;
            case GitHubInstallationEvent when _own is not null:
                // What the old token may do is not what the next one may.
                _own.Forget();
                connection.Installation?.Forget();
                LiftOwners([null]);
                break;
            case GitHubInstallationEvent change:
                LiftOwners([change.Account]);
                break;
            case GitHubAccountEvent { PreviousAccount: not null } or GitHubAccountEvent { Action: "deleted", Name: "organization" }:
                connection.Installation?.Forget();
                LiftOwners(OwnersOf(webhook));
                break;
            case GitHubAccountEvent { Name: "member", Repository: { } repository } when _own is null:
                LiftRepository(repository, webhook.RepositoryId, webhook.DefaultBranch, null);
                repositories.Forget();
                break;
            case GitHubAccountEvent change when _own is null:
                // Who belongs to an organisation decides what a user sees of it, and nothing of what an installation does.
                LiftOwners([change.Account]);
                break;
        }
    }

    /// <summary>Lifts what the App has found, whichever installation the event is for: look-ups go by accounts.</summary>
    private void ForgetInstallation(GitHubWebhookEvent webhook)
    {
        if (lookup is not null && OwnersOf(webhook) is { Count: > 0 } owners)
        {
            lookup.Forget([.. owners.OfType<string>()], webhook.InstallationId);
        }
    }

    /// <summary>The accounts whose installations, or whose repositories' names, are others than before.</summary>
    private static IReadOnlyCollection<string?> OwnersOf(GitHubWebhookEvent webhook) => webhook switch
    {
        GitHubInstallationEvent change => [change.Account],
        GitHubInstallationRepositoriesEvent change => [change.Account],
        GitHubRepositoryEvent => [.. webhook.Concerned.Select(repository => repository.Owner)],
        GitHubAccountEvent { PreviousAccount: { } previous } change => [change.Account, previous],
        GitHubAccountEvent { Action: "deleted", Name: "organization" } change => [change.Account],
        _ => [],
    };

    /// <summary>Lifts all that is known of accounts' repositories; of all repositories where an account is not named.</summary>
    private void LiftOwners(IReadOnlyCollection<string?> owners)
    {
        foreach (var owner in owners)
        {
            if (owner is { Length: > 0 })
            {
                trees.InvalidateOwner(owner);
            }
            else
            {
                trees.InvalidateAll();
            }
        }

        repositories.Forget();
    }

    private void LiftRef(RepositoryRef repository, GitHubRefEvent change)
    {
        // The kind is an open set: lifted as a branch and as a tag, under every name that it can be asked for by.
        LiftRefs(repository, change.RepositoryId, change.Ref, "heads/" + change.Ref, "refs/heads/" + change.Ref, "tags/" + change.Ref, "refs/tags/" + change.Ref);
        if (change.Ref.Equals(change.DefaultBranch, StringComparison.Ordinal))
        {
            trees.InvalidateRepository(repository);
        }
    }

    private void LiftPush(RepositoryRef repository, GitHubPushEvent push)
    {
        // A ref is cached under the name that it was asked for by.
        LiftRefs(repository, push.RepositoryId, push.Ref, push.BranchName ?? push.TagName, push.Ref.StartsWith("refs/", StringComparison.Ordinal) ? push.Ref["refs/".Length..] : null);
        if (push.BranchName is { } branch && string.Equals(branch, push.DefaultBranch, StringComparison.Ordinal))
        {
            trees.Invalidate(repository, "HEAD", push.RepositoryId);
            if (push.IsCreated)
            {
                // The first push makes its branch the default one, whatever was said of the empty repository.
                trees.InvalidateRepository(repository);
                repositories.Forget();
            }
        }
    }

    private void LiftRepository(RepositoryRef repository, long? repositoryId, string? defaultBranch, string? previousDefaultBranch)
    {
        LiftRefs(repository, repositoryId, defaultBranch, previousDefaultBranch, "HEAD");
        trees.InvalidateRepository(repository);
    }

    private void LiftRefs(RepositoryRef repository, long? repositoryId, params ReadOnlySpan<string?> refs)
    {
        foreach (var gitRef in refs)
        {
            if (gitRef is { Length: > 0 })
            {
                trees.Invalidate(repository, gitRef, repositoryId);
            }
        }
    }
}
