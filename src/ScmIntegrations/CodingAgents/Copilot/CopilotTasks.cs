using System.Globalization;
using System.Runtime.CompilerServices;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Paging;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.CodingAgents.Copilot;

/// <summary>The agent's API: start, read, list. Every request is refused here unless the credential is a user's.</summary>
/// <param name="connection">The way to the host that has the tasks.</param>
/// <param name="options">The options.</param>
internal sealed class CopilotTasks(GitHubConnection connection, CopilotAgentOptions options)
{
    private const string OfRepository = "/agents/repos/{owner}/{repo}/tasks";
    private const string LegacyHost = "api.githubcopilot.com";

    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(30);

    private readonly bool _isOlder = options.SendsOlderBody ?? connection.Host.ApiAddress.IdnHost.Equals(LegacyHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Starts a task. Never sent again by itself.</summary>
    /// <exception cref="ScmAmbiguousWriteException">It was sent, and nobody knows what came of it.</exception>
    public async Task<CopilotTaskWire> StartAsync(CodingAgentRequest request, string prompt, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(
                GitHubRequest.Create(HttpMethod.Post, OfRepository, request.Repository.Owner, request.Repository.Name) with
                {
                    IsAgentLaunch = true,
                    IgnoresLimits = true,
                    AttemptTimeout = options.LaunchTimeout,
                    Body = CopilotLaunchBody.Write(request, prompt, options, _isOlder),
                },
                ReadTaskAsync,
                cancellationToken).ConfigureAwait(false);
        }
        catch (ScmUnreadableResponseException unreadable)
        {
            // A success that nobody can read: the agent runs, and its id is not known.
            throw ScmException.From(unreadable.Error with { IsFateUnknown = true }, unreadable);
        }
    }

    /// <summary>Reads a task with its sessions; for a launch whatever limits others have met.</summary>
    public Task<CopilotTaskWire> ReadAsync(RepositoryRef repository, string taskId, CancellationToken cancellationToken, bool isForLaunch = false) => SendAsync(
        GitHubRequest.Get(OfRepository + "/{task_id}", repository.Owner, repository.Name, taskId) with { AttemptTimeout = ReadTimeout, IgnoresLimits = isForLaunch },
        ReadTaskAsync,
        cancellationToken);

    /// <summary>Asks for the newest task of a repository, to see whether they can be asked for.</summary>
    public Task ProbeAsync(RepositoryRef repository, CancellationToken cancellationToken) => ReadPageAsync(FirstPage(repository, 1, since: null), cancellationToken);

    /// <summary>All tasks of a repository, or all that the user has started, newest first; for a launch those that have changed since a time, whatever limits others have met.</summary>
    /// <exception cref="ScmIncompleteListException">After everything that was read: the pages lead in a circle, or there are more than the options allow.</exception>
    public async IAsyncEnumerable<CopilotTaskWire> ListAsync(RepositoryRef? repository, [EnumeratorCancellation] CancellationToken cancellationToken, DateTimeOffset? since = null)
    {
        // Tasks move from page to page while they are read.
        var listed = new HashSet<string>(StringComparer.Ordinal);
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var request = FirstPage(repository, connection.Options.PageSize, since);
        for (var pages = 1; ; pages++)
        {
            var page = await ReadPageAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (var task in page.Items.Where(task => listed.Add(task.Id)))
            {
                yield return task;
            }

            visited.Add(page.Address.AbsoluteUri);
            if (page.Next is null)
            {
                yield break;
            }

            if (visited.Contains(page.Next.AbsoluteUri) || pages == connection.Options.MaxPages)
            {
                throw Incomplete(pages == connection.Options.MaxPages ? $"the limit of {pages} pages was reached" : "the pages lead back to one that was read", listed.Count);
            }

            request = request.Follow(page.Next);
        }
    }

    private static GitHubRequest FirstPage(RepositoryRef? repository, int count, DateTimeOffset? since)
    {
        var request = repository is null ? GitHubRequest.Get("/agents/tasks") : GitHubRequest.Get(OfRepository, repository.Owner, repository.Name);
        request = (request with { AttemptTimeout = ReadTimeout, IgnoresLimits = since is not null })
            .WithQuery("per_page", count.ToString(CultureInfo.InvariantCulture))
            .WithQuery("sort", "created_at")
            .WithQuery("direction", "desc");
        return since is { } time ? request.WithQuery("since", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)) : request;
    }

    private Task<ListPage<CopilotTaskWire>> ReadPageAsync(GitHubRequest request, CancellationToken cancellationToken) => SendAsync(
        request,
        static (response, token) => ListPage<CopilotTaskWire>.ReadAsync(
            response,
            static async (page, stop) => (CopilotTaskWire.ReadPage(await page.ReadJsonAsync(CopilotJson.Default.JsonElement, stop).ConfigureAwait(false)), null),
            token),
        cancellationToken);

    private static async Task<CopilotTaskWire> ReadTaskAsync(GitHubResponse response, CancellationToken cancellationToken) =>
        CopilotTaskWire.Read(await response.ReadJsonAsync(CopilotJson.Default.JsonElement, cancellationToken).ConfigureAwait(false));

    private async Task<T> SendAsync<T>(GitHubRequest request, ResponseReader<T> read, CancellationToken cancellationToken) =>
        await CopilotCredential.CheckAsync(connection, cancellationToken).ConfigureAwait(false) is { } refusal
            ? throw refusal
            : await connection.SendAsync(request, read, cancellationToken).ConfigureAwait(false);

    private static ScmException Incomplete(string why, int read) => ScmException.From(new ScmError
    {
        Reason = ErrorReason.IncompleteList,
        Origin = ErrorOrigin.Client,
        Message = $"The list of Copilot's tasks is not complete: {why}. The {read} that were read are good; draw no conclusion from what is absent.",
    });
}
