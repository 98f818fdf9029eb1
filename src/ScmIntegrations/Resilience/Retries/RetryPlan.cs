using ScmIntegrations.Errors;

namespace ScmIntegrations.Resilience.Retries;

/// <summary>Carries out a row of the retry table: whether the call is sent again, when, and at what cost.</summary>
internal sealed class RetryPlan(ResilienceOptions options, TimeProvider timeProvider, RetryBudget budget, Action<ScmException> onRetry)
{
    // A wait that leaves an attempt less than this could only turn a known error into a timeout.
    private static readonly TimeSpan LeastAttempt = TimeSpan.FromSeconds(1);

    /// <summary>Plans the next attempt of a call; <see langword="false"/> when the error surfaces.</summary>
    public bool TryPlan(ResilientCall call, ScmException error)
    {
        var row = call.Row(error);
        if (call.IsSettled || !TryPlan(call, error, row))
        {
            return false;
        }

        onRetry(error);
        return true;
    }

    /// <summary>Whether a limit passes soon enough to be waited for, within the time that is left.</summary>
    public bool WaitsFor(ScmException limit, TimeSpan left)
    {
        var asked = limit.RetryAt - timeProvider.GetUtcNow();
        return options is { MaxAttempts: > 1 } && asked <= options.MaxRateLimitWait && options.MaxRateLimitWait > TimeSpan.Zero && Fits(asked.Value, left);
    }

    private bool TryPlan(ResilientCall call, ScmException error, RetryRow row)
    {
        if (row.Wait is RetryWait.RefreshCredential)
        {
            call.NextWait = TimeSpan.Zero;
            call.Use(row, error.Reason, cost: 0);
            call.Refresh();
            return true;
        }

        var cost = CostOf(row.Wait);
        var most = options.MaxAttempts - 1;
        if (most == 0 || call.UsesOf(row) >= row.Retries || (cost > 0 && call.Retries >= most))
        {
            return false;
        }

        var now = timeProvider.GetUtcNow();
        var left = options.Deadline - (now - call.StartedAt);
        if (row.Wait is RetryWait.Limit && !WaitsFor(error, left))
        {
            return false;
        }

        call.NextWait = RetryWaits.Of(row.Wait, call.UsesOf(row), error.RetryAt - now, options.BackoffBase, Random.Shared.NextDouble());
        if (!Fits(call.NextWait, left))
        {
            return false;
        }

        if (cost > 0 && !budget.TryTake(cost))
        {
            call.IsBudgetExhausted = true;
            return false;
        }

        call.Use(row, error.Reason, cost);
        return true;
    }

    private bool Fits(TimeSpan wait, TimeSpan left) =>
        wait + (LeastAttempt < options.AttemptTimeout ? LeastAttempt : options.AttemptTimeout) <= left;

    /// <summary>Asking whether an answer is ready is no retry of something that failed.</summary>
    private static int CostOf(RetryWait wait) => wait switch
    {
        RetryWait.Poll => 0,
        RetryWait.Limit => RetryBudget.LimitCost,
        _ => RetryBudget.FaultCost,
    };
}
