using System.Net;
using Polly;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Resilience;

/// <summary>What the stages know of one call while it is under way: written by the attempt, read by the retry.</summary>
internal sealed class ResilientCall(OperationClass operation, object subject, DateTimeOffset startedAt)
{
    internal static readonly ResiliencePropertyKey<ResilientCall> Key = new("scm.call");

    private RetryCondition _conditions;
    private Action? _refresh;
    private bool _refreshed;

    /// <summary>What is called, for messages.</summary>
    public object Subject => subject;

    /// <summary>When the call began; its deadline counts from here.</summary>
    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>Retries made, renewals of the credential not counted.</summary>
    public int Retries { get; set; }

    /// <summary>The wait that the retry decided on.</summary>
    public TimeSpan NextWait { get; set; }

    /// <summary>The error of the latest attempt, kept as the cause when the deadline ends the call.</summary>
    public ScmException? LastError { get; private set; }

    /// <summary>Whether the error stands, whatever the table says of its reason.</summary>
    public bool IsSettled { get; set; }

    /// <summary>Forgets the previous attempt.</summary>
    public void BeginAttempt()
    {
        _conditions = RetryCondition.None;
        _refresh = null;
    }

    /// <summary>Notes the error of the attempt under way, and gives it back to be thrown.</summary>
    public ScmException Fail(ScmException error) => LastError = error;

    /// <summary>Notes a fact of the attempt under way.</summary>
    public void Note(RetryCondition condition) => _conditions |= condition;

    /// <summary>Takes a note back.</summary>
    public void Forget(RetryCondition condition) => _conditions &= ~condition;

    /// <summary>Notes that the credential in use can be renewed by the given action. A call renews once.</summary>
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
        var neverPossible = error.Status is HttpStatusCode.NotImplemented or HttpStatusCode.HttpVersionNotSupported;
        return RetryTable.Find(operation, neverPossible ? _conditions | RetryCondition.NeverPossible : _conditions, error.Reason);
    }
}
