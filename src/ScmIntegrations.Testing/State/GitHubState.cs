using System.Collections.Concurrent;

namespace ScmIntegrations.Testing;

/// <summary>Everything the fake knows. Safe to use from many threads.</summary>
internal sealed class GitHubState
{
    private readonly ConcurrentDictionary<long, FakeRepository> _repositories = new();
    private readonly ConcurrentDictionary<string, FakeRepository> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, long> _movedRepositories = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, FakeAccount> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<FakeCopilotTask> _copilotTasks = new();
    private long _lastId = 1000;

    public ConcurrentDictionary<long, FakeApp> Apps { get; } = new();

    public ConcurrentDictionary<long, FakeInstallation> Installations { get; } = new();

    public ConcurrentDictionary<string, FakeAccount> UserTokens { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, FakeUserApp> UserApps { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, InstallationToken> InstallationTokens { get; } = new(StringComparer.Ordinal);

    public CopilotWire CopilotWire { get; set => Volatile.Write(ref field, value); } = CopilotWire.Current;

    public IEnumerable<FakeCopilotTask> CopilotTasks => _copilotTasks;

    public IEnumerable<FakeRepository> Repositories => _repositories.Values.OrderBy(repository => repository.Id);

    public IEnumerable<FakeAccount> Accounts => _accounts.Values;

    public FakeRepository CreateRepository(string fullName)
    {
        var (owner, name) = Split(fullName);
        if (FindRepository(owner, name) is not null)
        {
            throw new ArgumentException($"There is a repository '{fullName}' already.", nameof(fullName));
        }

        Account(owner, "Organization");
        return new FakeRepository(NextId(), owner, name);
    }

    public void Store(FakeRepository repository)
    {
        _byName[repository.FullName] = repository;
        _repositories[repository.Id] = repository;
    }

    public void Remove(FakeRepository repository)
    {
        _repositories.TryRemove(repository.Id, out _);
        _byName.TryRemove(new(repository.FullName, repository));
    }

    public void Rename(FakeRepository repository, string newFullName)
    {
        var (owner, name) = Split(newFullName);
        _movedRepositories[repository.FullName] = repository.Id;
        _movedRepositories.TryRemove(newFullName, out _);
        Account(owner, "Organization");
        _byName.TryRemove(new(repository.FullName, repository));
        repository.Owner = owner;
        repository.Name = name;
        _byName[newFullName] = repository;
    }

    public FakeRepository? FindRepository(long id) => _repositories.GetValueOrDefault(id);

    public FakeRepository? FindRepository(string owner, string name) => _byName.GetValueOrDefault($"{owner}/{name}");

    public FakeRepository? FindRepository(string fullName)
    {
        var (owner, name) = Split(fullName);
        return FindRepository(owner, name);
    }

    public FakeRepository? FindMovedRepository(string owner, string name) =>
        _movedRepositories.TryGetValue($"{owner}/{name}", out var id) ? FindRepository(id) : null;

    /// <summary>The user whose token an app was given, while it is good.</summary>
    public FakeAccount? FindGrantedUser(string token) =>
        UserApps.Values.Select(app => app.LoginOf(token)).FirstOrDefault(login => login is not null) is { } login ? Account(login, "User") : null;

    public FakeAccount Account(string login, string type) =>
        _accounts.GetOrAdd(login, (key, kind) => new FakeAccount(NextId(), key, kind), type);

    public FakeCopilotTask StartCopilotTask(FakeRepository repository, FakeAccount creator, CopilotOrder order, TimeProvider time, string? id = null)
    {
        var task = new FakeCopilotTask(id ?? Guid.NewGuid().ToString(), repository, creator, order, time);
        _copilotTasks.Enqueue(task);
        return task;
    }

    public FakeCopilotTask? FindCopilotTask(string id) => _copilotTasks.FirstOrDefault(task => string.Equals(task.Id, id, StringComparison.Ordinal));

    public FakeInstallation? FindInstallation(FakeApp app, string account) =>
        Installations.Values.FirstOrDefault(installation => installation.App == app && string.Equals(installation.Account, account, StringComparison.OrdinalIgnoreCase));

    private static (string Owner, string Name) Split(string fullName) =>
        fullName?.Split('/') is [{ Length: > 0 } owner, { Length: > 0 } name]
            ? (owner, name)
            : throw new ArgumentException($"'{fullName}' is not owner/name.", nameof(fullName));

    private long NextId() => Interlocked.Increment(ref _lastId);
}
