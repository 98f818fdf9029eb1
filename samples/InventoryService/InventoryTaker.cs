using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.GitHub.Webhooks;

namespace InventoryService;

/// <summary>Counts the files of an organisation by language.</summary>
/// <param name="gitHub">GitHub.</param>
/// <param name="webhooks">Verifies what GitHub tells.</param>
/// <param name="time">The clock.</param>
public sealed class InventoryTaker(IGitHubIntegrationClient gitHub, GitHubWebhookReceiver webhooks, TimeProvider time)
{
    /// <summary>Looks at every repository, and waits where a limit holds.</summary>
    /// <param name="organization">Whose repositories.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The whole inventory.</returns>
    public async Task<Inventory> TakeAllAsync(string organization, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var inventory = await TakeAsync(organization, cancellationToken).ConfigureAwait(false);
            if (inventory.ContinueAt is not { } continueAt)
            {
                return inventory;
            }

            // What was read is cached, so the next pass asks for the rest alone.
            var wait = continueAt - time.GetUtcNow();
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Looks at every repository that can be read now.</summary>
    /// <param name="organization">Whose repositories.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The inventory, with the time to go on where a limit holds.</returns>
    public async Task<Inventory> TakeAsync(string organization, CancellationToken cancellationToken = default)
    {
        var inventory = new Inventory();
        try
        {
            var options = new TreeScanOptions { Source = RepositorySource.Organization(organization) };
            await foreach (var scan in gitHub.ScanTreesAsync(options, cancellationToken).ConfigureAwait(false))
            {
                Add(inventory, scan);
            }
        }
        catch (ScmRateLimitException limit)
        {
            inventory.ContinueAt = Later(inventory.ContinueAt, limit);
        }

        return inventory;
    }

    /// <summary>Takes a webhook of GitHub's, so that what has changed is read again.</summary>
    /// <param name="header">Looks a header of the request up.</param>
    /// <param name="body">The body of the request.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The status to answer.</returns>
    public async Task<int> ReceiveAsync(Func<string, string?> header, Stream body, CancellationToken cancellationToken = default)
    {
        var result = await webhooks.ReceiveAsync(header, body, cancellationToken).ConfigureAwait(false);
        if (result.Event is not { } received)
        {
            return 401;
        }

        await gitHub.InvalidateAsync(received, cancellationToken).ConfigureAwait(false);
        return 202;
    }

    private void Add(Inventory inventory, TreeScanResult scan)
    {
        switch (scan)
        {
            case { Status: TreeStatus.Empty }:
                inventory.AddEmpty(scan.Repository.ToString());
                break;
            case { Tree: { } tree }:
                foreach (var file in tree.Files)
                {
                    inventory.Count(Languages.Of(file.Path));
                }

                break;
            case { Error: ScmRateLimitException limit }:
                inventory.ContinueAt = Later(inventory.ContinueAt, limit);
                break;
            case { Error: { } error }:
                inventory.Add(new(scan.Repository.ToString(), Explain(error), error.FixUrl));
                break;
        }
    }

    private static string Explain(ScmException error) => error is ScmPermissionException { MissingPermissions: { Count: > 0 } missing }
        ? $"The installation lacks {string.Join(", ", missing)}."
        : error.Message;

    private DateTimeOffset Later(DateTimeOffset? known, ScmRateLimitException limit)
    {
        var next = limit.RetryAt ?? time.GetUtcNow().AddMinutes(1);
        return known > next ? known.Value : next;
    }
}
