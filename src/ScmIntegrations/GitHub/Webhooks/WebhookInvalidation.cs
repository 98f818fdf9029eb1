using ScmIntegrations.GitHub.Repositories;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.GitHub.Trees.Cache;

namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>What an event makes untrue of what is remembered. Forgetting too much costs a request; forgetting too little, a stale answer.</summary>
internal sealed class WebhookInvalidation(GitHubConnection connection, TreeCache trees, RepositoryList repositories)
{
    /// <summary>Lifts what the event concerns. One for another installation than the client's own concerns nothing here.</summary>
    public void Apply(GitHubWebhookEvent webhook)
    {
        if (connection.Options.App is { } own && webhook.InstallationId is { } installation && installation != own.InstallationId)
        {
            return;
        }

        switch (webhook)
        {
            case GitHubPushEvent { Repository: { } repository } push:
                LiftPush(repository, push);
                break;
            case GitHubRepositoryEvent or GitHubInstallationRepositoriesEvent or GitHubOtherEvent { Name: "public" }:
                foreach (var repository in webhook.Concerned)
                {
                    LiftRepository(repository, repository.Equals(webhook.Repository) ? webhook.RepositoryId : null, webhook.DefaultBranch, (webhook as GitHubRepositoryEvent)?.PreviousDefaultBranch);
                }

                repositories.Forget();
                break;
            case GitHubInstallationEvent:
                trees.InvalidateAll();
                repositories.Forget();
                break;
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
