using Polly;
using ScmIntegrations.Errors;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.Resilience;

/// <summary>What the stages know of one call while it is under way: written by the attempt, read by the retry.</summary>
internal sealed class ResilientCall(OperationClass operation, RetryCondition nature, object subject, DateTimeOffset startedAt)
{
    internal static readonly ResiliencePropertyKey<ResilientCall> Key = new("scm.call");

    // Most calls are never sent again.
    private Dictionary<string, int>? _uses;
    private HashSet<ErrorReason>? _retried;
    private RetryCondition _conditions;
    private RetryCondition _conditionsOfLastError;
    private Action? _refresh;
    private bool _refreshed;

    /// <summary>What is called, for messages.</summary>
    public object Subject => subject;

    /// <summary>How long one attempt may take.</summary>
    public required TimeSpan AttemptTimeout { get; init; }

    /// <summary>When the call began; its deadline counts from here.</summary>
    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>Retries that count against the configured attempts.</summary>
    public int Retries { get; private set; }

    /// <summary>What the latest retry cost the budget.</summary>
    public int LastCost { get; private set; }

    /// <summary>The wait that the retry decided on.</summary>
    public TimeSpan NextWait { get; set; }

    /// <summary>The error of the latest attempt, kept as the cause when the deadline ends the call.</summary>
    public ScmException? LastError { get; private set; }

    /// <summary>Whether the error stands, whatever the table says of its reason.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>Whether a retry was due that the budget could not pay.</summary>
    public bool IsBudgetExhausted { get; set; }

    /// <summary>Whether the attempt has not begun, because its turn has not come.</summary>
    public bool IsWaitingForTurn { get; set; }

    /// <summary>
    /// Finds out what the table has to know of the attempt under way once it has failed, its time being up included, and notes it.
    /// Given anew by every attempt; runs in the time of the call, as that of the attempt may be over.
    /// </summary>
    public Func<ScmException, CancellationToken, ValueTask>? AfterFailure { get; set; }

    /// <summary>Forgets the previous attempt.</summary>
    public void BeginAttempt()
    {
        AfterFailure = null;
        _conditions = nature | (_refreshed ? RetryCondition.Refreshed : RetryCondition.None);
        _refresh = null;
    }

    /// <summary>Notes the error of the attempt under way, and gives it back to be thrown.</summary>
    public ScmException Fail(ScmException error)
    {
        _conditionsOfLastError = _conditions;
        return LastError = error;
    }

    /// <summary>Lets the error of the attempt before stand, with what was known of that attempt: the one under way was not sent.</summary>
    public ScmException Settle(ScmException earlier)
    {
        IsSettled = true;
        _conditions = _conditionsOfLastError;
        return ScmException.From(earlier.Error, earlier.InnerException);
    }

    /// <summary>Notes a fact of the attempt under way.</summary>
    public void Note(RetryCondition condition) => _conditions |= condition;

    /// <summary>Takes a note back.</summary>
    public void Forget(RetryCondition condition) => _conditions &= ~condition;

    /// <summary>Whether a fact of the attempt under way is noted.</summary>
    public bool Has(RetryCondition condition) => (_conditions & condition) == condition;

    /// <summary>Whether the call has been sent again for this reason.</summary>
    public bool HasRetried(ErrorReason reason) => _retried?.Contains(reason) is true;

    /// <summary>How often a row has sent this call again.</summary>
    public int UsesOf(RetryRow row) => _uses?.GetValueOrDefault(row.Number) ?? 0;

    /// <summary>Notes that a row sends the call again.</summary>
    public void Use(RetryRow row, ErrorReason reason, int cost)
    {
        _uses ??= new(StringComparer.Ordinal);
        _uses[row.Number] = UsesOf(row) + 1;
        (_retried ??= []).Add(reason);
        if (cost > 0)
        {
            Retries++;
            LastCost = cost;
        }
    }

    /// <summary>Notes that the credential in use can be renewed, or its signature repaired, by the given action. A call does so once.</summary>
    public void OfferRefresh(Action refresh)
    {
        if (!_refreshed)
        {
            _refresh = refresh;
            _conditions |= RetryCondition.CanRefresh;
        }
    }

    /// <summary>Renews the credential.</summary>
    public void Refresh()
    {
        _refreshed = true;
        _refresh?.Invoke();
    }

    /// <summary>The row of the retry table for the error of the latest attempt.</summary>
    public RetryRow Row(ScmException error)
    {
        var conditions = error.RetryAt is null ? _conditions : _conditions | RetryCondition.AsksToWait;
        return RetryTable.Find(operation, conditions, error.Reason, error.Origin, (int?)error.Status);
    }
}
