using System.Globalization;

namespace ScmIntegrations.Testing;

/// <summary>A task of GitHub Copilot's coding agent. Its state moves only when the test says so. Safe to change while requests are being answered.</summary>
public sealed class FakeCopilotTask
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly List<FakeCopilotSession> _sessions = [];
    private string _state = "queued";
    private FakePullRequest? _pullRequest;
    private string? _branch;

    internal FakeCopilotTask(string id, FakeRepository repository, FakeAccount creator, CopilotOrder order, TimeProvider time)
    {
        Id = id;
        Repository = repository;
        Creator = creator;
        Order = order;
        _time = time;
        CreatedAt = UpdatedAt = time.GetUtcNow();
        _sessions.Add(new("session-1", order.Prompt, CreatedAt));
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>Where it works.</summary>
    public FakeRepository Repository { get; }

    /// <summary>What it was asked to do.</summary>
    public string Prompt => Order.Prompt;

    /// <summary>The ref that it started from; <see langword="null"/> when none was asked for.</summary>
    public string? BaseRef => Order.BaseRef;

    /// <summary>The branch that it was asked to work on, if it was.</summary>
    public string? RequestedHeadRef => Order.HeadRef;

    /// <summary>The model that was asked for, if one was.</summary>
    public string? Model => Order.Model;

    /// <summary>The custom agent that was asked for, if one was.</summary>
    public string? CustomAgent => Order.CustomAgent;

    /// <summary>Whether it was asked to open a pull request.</summary>
    public bool CreatePullRequest => Order.CreatePullRequest;

    /// <summary>The login of who started it.</summary>
    public string CreatorLogin => Creator.Login;

    /// <summary>When it was created, by the clock of the server.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When it last changed, by the clock of the server.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The state as it stands on the wire; <c>queued</c> at first.</summary>
    public string State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    internal FakeAccount Creator { get; }

    internal CopilotOrder Order { get; }

    /// <summary>It is at work: <c>in_progress</c>.</summary>
    /// <returns>The task.</returns>
    public FakeCopilotTask Start() => SetRawState("in_progress");

    /// <summary>It waits for a person: <c>waiting_for_user</c>.</summary>
    /// <returns>The task.</returns>
    public FakeCopilotTask WaitForUser() => SetRawState("waiting_for_user");

    /// <summary>It rests and may go on: <c>idle</c>.</summary>
    /// <returns>The task.</returns>
    public FakeCopilotTask Idle() => SetRawState("idle");

    /// <summary>It has ended: <c>completed</c>.</summary>
    /// <param name="pullRequestNumber">The number of the pull request that it opened; <see langword="null"/> for none.</param>
    /// <param name="title">The title of that.</param>
    /// <returns>The task.</returns>
    public FakeCopilotTask Complete(int? pullRequestNumber = null, string title = "What Copilot did")
    {
        if (pullRequestNumber is { } number)
        {
            OpenPullRequest(number, title);
        }

        return SetRawState("completed");
    }

    /// <summary>It has failed: <c>failed</c>, with the words of its newest session's error.</summary>
    /// <param name="message">The words; <see langword="null"/> for no error at all.</param>
    /// <returns>The task.</returns>
    public FakeCopilotTask Fail(string? message = "The agent could not finish.") => Change("failed", message);

    /// <summary>Its time ran out: <c>timed_out</c>.</summary>
    /// <returns>The task.</returns>
    public FakeCopilotTask TimeOut() => SetRawState("timed_out");

    /// <summary>A person has ended it: <c>cancelled</c>.</summary>
    /// <returns>The task.</returns>
    public FakeCopilotTask Cancel() => SetRawState("cancelled");

    /// <summary>Any word for its state, for example one that GitHub may add.</summary>
    /// <param name="state">The word.</param>
    /// <returns>The task.</returns>
    public FakeCopilotTask SetRawState(string state) => Change(state, error: null);

    /// <summary>Opens a pull request from the task's branch, which makes two artifacts: branch and pull request.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="title">Its title.</param>
    /// <returns>The pull request.</returns>
    public FakePullRequest OpenPullRequest(int number, string title = "What Copilot did")
    {
        var branch = PushBranch();
        var pullRequest = Repository.OpenPullRequest(number, branch, title);
        lock (_gate)
        {
            return _pullRequest = pullRequest;
        }
    }

    /// <summary>Gives the task a branch, which is an artifact.</summary>
    /// <param name="branch">The branch; the one asked for, or one of Copilot's naming.</param>
    /// <returns>The branch.</returns>
    public string PushBranch(string? branch = null)
    {
        lock (_gate)
        {
            return _branch = branch ?? _branch ?? Order.HeadRef ?? $"copilot/task-{Id}";
        }
    }

    /// <summary>Begins a further session, whose state and error are the task's from then on.</summary>
    /// <param name="prompt">The prompt of the session.</param>
    /// <returns>The task.</returns>
    public FakeCopilotTask AddSession(string prompt)
    {
        lock (_gate)
        {
            _sessions.Add(new(string.Create(CultureInfo.InvariantCulture, $"session-{_sessions.Count + 1}"), prompt, _time.GetUtcNow()));
        }

        return SetRawState("queued");
    }

    internal FakeCopilotSession[] Sessions()
    {
        lock (_gate)
        {
            return [.. _sessions];
        }
    }

    internal (FakePullRequest? PullRequest, string? Branch) Artifacts()
    {
        lock (_gate)
        {
            return (_pullRequest, _branch);
        }
    }

    private FakeCopilotTask Change(string state, string? error)
    {
        lock (_gate)
        {
            _state = state;
            UpdatedAt = _time.GetUtcNow();
            _sessions[^1] = _sessions[^1] with { State = state, Error = error, UpdatedAt = UpdatedAt };
            return this;
        }
    }
}
