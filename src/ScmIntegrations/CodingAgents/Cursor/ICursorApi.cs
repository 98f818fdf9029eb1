using ScmIntegrations.GitHub;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>One generation of Cursor's API, spoken as the client needs it.</summary>
internal interface ICursorApi
{
    /// <summary>Whether it starts one agent for one key.</summary>
    bool IsStartIdempotent { get; }

    /// <summary>Requests that a good key may send, in the order in which they are tried.</summary>
    IReadOnlyList<string> KeyChecks { get; }

    /// <summary>Sends a launch with a model; <see langword="null"/> for the configured one.</summary>
    Task<CodingAgentTask> StartAsync(CodingAgentStart start, string? model, CancellationToken cancellationToken);

    /// <summary>The task that was started with this key; <see langword="null"/> when there is none.</summary>
    Task<CodingAgentTask?> FindStartedAsync(CodingAgentStart start, CancellationToken cancellationToken);

    Task<CodingAgentTask> GetAsync(string id, CancellationToken cancellationToken);

    IAsyncEnumerable<CodingAgentTask> ListAsync(RepositoryRef? repository, CancellationToken cancellationToken);

    Task CancelAsync(string id, CancellationToken cancellationToken);

    Task<CodingAgentTask> FollowUpAsync(string id, string prompt, CancellationToken cancellationToken);

    /// <summary>The models that can be asked for.</summary>
    Task<IReadOnlyList<string>> ListModelsAsync(CancellationToken cancellationToken);
}
