namespace ScmIntegrations.Testing;

/// <summary>An agent of a <see cref="FakeCursor"/>. It does nothing by itself: a test moves its latest run.</summary>
public sealed class FakeCursorAgent
{
    private readonly Lock _gate = new();
    private readonly List<FakeCursorRun> _runs = [];
    private readonly TimeProvider _time;

    internal FakeCursorAgent(string id, string repositoryUrl, string prompt, TimeProvider time)
    {
        Id = id;
        RepositoryUrl = repositoryUrl;
        _time = time;
        CreatedAt = time.GetUtcNow();
        Name = prompt.Length <= 100 ? prompt : prompt[..100];
        AddRun(prompt);
    }

    /// <summary>The id, <c>bc-</c> and a UUID.</summary>
    public string Id { get; }

    /// <summary>What it is called.</summary>
    public string Name { get; set; }

    /// <summary>The repository as the launch named it.</summary>
    public string RepositoryUrl { get; set; }

    /// <summary>Owner and name of the repository.</summary>
    public string Repository => RepositoryUrl.Replace("https://github.com/", "", StringComparison.OrdinalIgnoreCase).Trim('/');

    /// <summary>The ref it started from; <see langword="null"/> for the default branch.</summary>
    public string? Ref { get; init; }

    /// <summary>The model; <see langword="null"/> for the configured default.</summary>
    public string? Model { get; init; }

    /// <summary>Whether a pull request was asked for.</summary>
    public bool AutoCreatePullRequest { get; init; }

    /// <summary>The branch, once one was pushed or asked for.</summary>
    public string? BranchName { get; set; }

    /// <summary>The address of the pull request, which a test may make a hostile one.</summary>
    public string? PullRequestUrl { get; set; }

    /// <summary>Where the launch wants its webhooks; <see langword="null"/> for nowhere.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>What the launch wants them signed with.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary>Whether it was archived.</summary>
    public bool IsArchived { get; set; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>Its runs, oldest first.</summary>
    public IReadOnlyList<FakeCursorRun> Runs
    {
        get
        {
            lock (_gate)
            {
                return [.. _runs];
            }
        }
    }

    /// <summary>The latest run.</summary>
    public FakeCursorRun LatestRun
    {
        get
        {
            lock (_gate)
            {
                return _runs[^1];
            }
        }
    }

    /// <summary>The latest run is at work.</summary>
    public void Run() => Set("RUNNING");

    /// <summary>The latest run has finished.</summary>
    /// <param name="pullRequestNumber">The pull request that was opened, of the agent's own repository; <see langword="null"/> for none.</param>
    /// <param name="result">The agent's last words.</param>
    public void Finish(int? pullRequestNumber = null, string result = "Done.")
    {
        BranchName ??= "cursor/do-it-a1b2";
        if (pullRequestNumber is { } number)
        {
            PullRequestUrl = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"https://github.com/{Repository}/pull/{number}");
        }

        Set("FINISHED", result);
    }

    /// <summary>The latest run has failed.</summary>
    /// <param name="message">The agent's last words.</param>
    public void Fail(string message = "The agent gave up.") => Set("ERROR", message);

    /// <summary>The latest run has run out of time.</summary>
    public void Expire() => Set("EXPIRED");

    /// <summary>The latest run was cancelled.</summary>
    public void Cancel() => Set("CANCELLED");

    /// <summary>The latest run has a status that nobody has heard of.</summary>
    /// <param name="status">The word.</param>
    public void SetRawStatus(string status) => Set(status);

    internal FakeCursorRun? FindRun(string id) => Runs.FirstOrDefault(run => run.Id.Equals(id, StringComparison.Ordinal));

    /// <summary>Begins a run, unless one is under way.</summary>
    internal FakeCursorRun? TryAddRun(string prompt)
    {
        lock (_gate)
        {
            return _runs[^1].IsActive ? null : AddRun(prompt);
        }
    }

    private FakeCursorRun AddRun(string prompt)
    {
        var run = new FakeCursorRun($"run-{Guid.NewGuid()}", prompt, _time.GetUtcNow());
        _runs.Add(run);
        return run;
    }

    private void Set(string status, string? result = null)
    {
        lock (_gate)
        {
            (_runs[^1].Status, _runs[^1].UpdatedAt) = (status, _time.GetUtcNow());
            _runs[^1].Result = result ?? _runs[^1].Result;
        }
    }
}
