using System.Globalization;
using System.Text.Json;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.GraphQL;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;

namespace ScmIntegrations.CodingAgents.Copilot;

/// <summary>
/// Finds the pull request of a task: by the id that GraphQL knows it by, else by its branch. The task's own number for it is that of a row
/// in a database. A look-up that fails is told and no more: what the task has come to does not depend on it.
/// </summary>
internal sealed class CopilotPullRequests(GitHubConnection gitHub, TimeProvider timeProvider)
{
    private const int MaxLookUps = 5;

    private static readonly TimeSpan LookUpTime = TimeSpan.FromSeconds(30);

    private static readonly GraphQLQuery Query = new("query($id: ID!) { node(id: $id) { ... on PullRequest { number title url } } }");

    /// <summary>Looks for the pull request.</summary>
    /// <param name="task">The task.</param>
    /// <param name="repository">Where it works; only its pull requests count.</param>
    /// <param name="warn">Told of each look-up that failed.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<CodingAgentPullRequest?> FindAsync(CopilotTaskWire task, RepositoryRef repository, Action<string, Exception?> warn, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(LookUpTime, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        var lookUps = task.PullRequestIds.Take(MaxLookUps).Select<string, Func<Task<CodingAgentPullRequest?>>>(id => () => ByIdAsync(id, repository, warn, either.Token));
        if (task.Branch is { } branch)
        {
            lookUps = lookUps.Append(() => ByBranchAsync(branch, repository, either.Token));
        }

        foreach (var lookUp in lookUps)
        {
            try
            {
                if (await lookUp().ConfigureAwait(false) is { } found)
                {
                    return found;
                }
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                warn("the pull request of a task could not be looked up", exception);
            }
            catch (OperationCanceledException cancelled)
            {
                // The caller looks for its own token, not for the linked one.
                throw new OperationCanceledException(cancelled.Message, cancelled, cancellationToken);
            }
        }

        return null;
    }

    private async Task<CodingAgentPullRequest?> ByIdAsync(string id, RepositoryRef repository, Action<string, Exception?> warn, CancellationToken cancellationToken)
    {
        var request = GraphQLReader.ToRequest(Query.WithVariables(new PullRequestVariables(id), CopilotJson.Default.PullRequestVariables), gitHub.Host);
        var answer = await gitHub.SendAsync(request, GraphQLReader.Read(CopilotJson.Default.JsonElement), cancellationToken).ConfigureAwait(false);
        if (answer.Data.Object("node") is not { } node || node.Text("url") is not { } url)
        {
            return null;
        }

        var found = Of(url, node, repository);
        if (found is null)
        {
            warn($"a pull request was left out, because its address is not one of {repository}", null);
        }

        return found;
    }

    private async Task<CodingAgentPullRequest?> ByBranchAsync(string branch, RepositoryRef repository, CancellationToken cancellationToken)
    {
        var request = GitHubRequest.Get("/repos/{owner}/{repo}/pulls", repository.Owner, repository.Name)
            .WithQuery("head", $"{repository.Owner}:{branch}")
            .WithQuery("state", "all")
            .WithQuery("per_page", gitHub.Options.PageSize.ToString(CultureInfo.InvariantCulture));
        var list = await gitHub.SendAsync(request, static (response, token) => response.ReadJsonAsync(CopilotJson.Default.JsonElement, token), cancellationToken).ConfigureAwait(false);

        // GitHub ignores a filter that it does not understand, and lists every pull request then.
        return list.Objects()
            .Where(one => branch.Equals(one.Object("head")?.Text("ref"), StringComparison.Ordinal))
            .Select(one => Of(one.Text("html_url"), one, repository))
            .OfType<CodingAgentPullRequest>()
            .MaxBy(one => one.Number);
    }

    private CodingAgentPullRequest? Of(string? url, JsonElement wire, RepositoryRef repository) =>
        CodingAgentPullRequest.Of(url, repository, gitHub.Host.WebAddress) is { } found
            ? found with { Title = wire.Text("title") is { } title ? Redaction.Clean(title) : null }
            : null;
}
