using System.Collections.Frozen;

namespace ScmIntegrations.Testing;

/// <summary>An installation of an app on an account. Safe to change while requests are being answered.</summary>
public sealed class FakeInstallation
{
    private volatile FrozenSet<string>? _selected;
    private volatile IReadOnlyDictionary<string, string> _permissions;
    private DateTimeOffset? _suspendedAt;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    internal FakeInstallation(FakeApp app, long id, string account, string accountType, IReadOnlyDictionary<string, string> permissions, TimeProvider time)
    {
        App = app;
        Id = id;
        Account = account;
        AccountType = accountType;
        _permissions = permissions;
        _time = time;
    }

    /// <summary>What an installation may do unless told otherwise: read contents and metadata.</summary>
    public static IReadOnlyDictionary<string, string> DefaultPermissions { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["contents"] = "read", ["metadata"] = "read" }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The app.</summary>
    public FakeApp App { get; }

    /// <summary>The number of the installation.</summary>
    public long Id { get; }

    /// <summary>The login of the account.</summary>
    public string Account { get; }

    /// <summary><c>Organization</c> or <c>User</c>.</summary>
    public string AccountType { get; }

    /// <summary>Granted permissions, name to <c>read</c> or <c>write</c>. Without <c>contents</c>, trees answer 403.</summary>
    public IReadOnlyDictionary<string, string> Permissions
    {
        get => _permissions;
        set => _permissions = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>When it was suspended; <see langword="null"/> when it is not.</summary>
    public DateTimeOffset? SuspendedAt
    {
        get
        {
            lock (_gate)
            {
                return _suspendedAt;
            }
        }

        private set
        {
            lock (_gate)
            {
                _suspendedAt = value;
            }
        }
    }

    /// <summary><c>all</c> repositories of the account, or <c>selected</c> ones.</summary>
    public string RepositorySelection => _selected is null ? "all" : "selected";

    /// <summary>Suspends the installation: its tokens and new mints answer 403.</summary>
    public void Suspend() => SuspendedAt = _time.GetUtcNow();

    /// <summary>Lifts the suspension.</summary>
    public void Unsuspend() => SuspendedAt = null;

    /// <summary>Covers these repositories only.</summary>
    /// <param name="fullNames">Owner and name of each.</param>
    public void SelectRepositories(params IEnumerable<string> fullNames) =>
        _selected = fullNames.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Covers every repository of the account again.</summary>
    public void SelectAllRepositories() => _selected = null;

    internal bool Covers(FakeRepository repository) =>
        _selected?.Contains(repository.FullName)
        ?? string.Equals(repository.Owner, Account, StringComparison.OrdinalIgnoreCase);
}
