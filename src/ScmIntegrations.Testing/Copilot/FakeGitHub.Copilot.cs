namespace ScmIntegrations.Testing;

/// <content>GitHub Copilot's coding agent. A second fake plays a host of its own for it, where a client is told one.</content>
public sealed partial class FakeGitHub
{
    /// <summary>How tasks are written; <see cref="CopilotWire.Current"/> at first.</summary>
    public CopilotWire CopilotWire
    {
        get => _state.CopilotWire;
        set => _state.CopilotWire = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Every task, oldest first.</summary>
    public IReadOnlyList<FakeCopilotTask> CopilotTasks => [.. _state.CopilotTasks];

    /// <summary>A task by its id.</summary>
    /// <param name="id">The id as GitHub gives it, without owner and repository.</param>
    /// <returns>The task.</returns>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public FakeCopilotTask CopilotTask(string id) => _state.FindCopilotTask(id) ?? throw new KeyNotFoundException($"There is no Copilot task '{id}'.");

    /// <summary>Starts a task without a request.</summary>
    /// <param name="fullName">Owner and name of the repository.</param>
    /// <param name="prompt">What to do.</param>
    /// <param name="login">Who starts it.</param>
    /// <param name="id">Its id; one like GitHub's unless given.</param>
    /// <returns>The task.</returns>
    /// <exception cref="KeyNotFoundException">There is no such repository.</exception>
    public FakeCopilotTask AddCopilotTask(string fullName, string prompt, string login = "octocat", string? id = null) =>
        _state.StartCopilotTask(Repository(fullName), _state.Account(login, "User"), new CopilotOrder(prompt), _options.TimeProvider, id);
}
