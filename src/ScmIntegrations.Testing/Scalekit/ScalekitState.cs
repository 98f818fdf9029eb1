using System.Collections.Concurrent;
using System.Globalization;

namespace ScmIntegrations.Testing;

/// <summary>Everything the fake Scalekit knows. Safe to use from many threads.</summary>
internal sealed class ScalekitState
{
    private readonly Lock _gate = new();
    private readonly List<FakeScalekitAccount> _accounts = [];
    private readonly List<FakeScalekitExecution> _executions = [];
    private long _lastId;

    /// <summary>The clients that are known, with their secrets.</summary>
    public ConcurrentDictionary<string, string> Clients { get; } = new(StringComparer.Ordinal);

    public ScalekitTokens Tokens { get; } = new();

    public ConcurrentDictionary<string, Func<FakeScalekitExecution, FakeScalekitToolResult>> Tools { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<FakeScalekitAccount> Accounts
    {
        get
        {
            lock (_gate)
            {
                return [.. _accounts];
            }
        }
    }

    public IReadOnlyList<FakeScalekitExecution> Executions
    {
        get
        {
            lock (_gate)
            {
                return [.. _executions];
            }
        }
    }

    /// <summary>Adds an account, unless there is one of the same scope.</summary>
    public FakeScalekitAccount? TryAdd(ScalekitScope scope, TimeProvider time)
    {
        lock (_gate)
        {
            if (_accounts.Exists(one => one.Scope == scope))
            {
                return null;
            }

            var account = new FakeScalekitAccount(NextId("ca"), scope, time);
            _accounts.Add(account);
            return account;
        }
    }

    public bool Remove(FakeScalekitAccount account)
    {
        lock (_gate)
        {
            return _accounts.Remove(account);
        }
    }

    /// <summary>The account of an id, or of a connection and identifier; organisation and user only narrow the choice.</summary>
    public FakeScalekitAccount? Find(ScalekitSelector selector) =>
        Accounts.Where(selector.Fits).OrderBy(account => selector.IsExactly(account) ? 0 : 1).FirstOrDefault();

    public FakeScalekitExecution Execute(string tool, string parameters, FakeScalekitAccount account, string? agentRunId)
    {
        var execution = new FakeScalekitExecution(tool, parameters, account, NextId("exec"), agentRunId);
        lock (_gate)
        {
            _executions.Add(execution);
        }

        return execution;
    }

    private string NextId(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}_{Interlocked.Increment(ref _lastId):d8}");
}
