using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using ScmIntegrations.Errors;
using ScmIntegrations.Resilience.Limits;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.Resilience;

/// <summary>Runs the attempts of a call: deadline → circuit → retry by the table → attempt timeout. One instance a client.</summary>
internal sealed class CallPipeline
{
    private readonly ResilienceOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly RetryBudget _budget;
    private readonly RetryPlan _plan;
    private readonly CircuitBreakerStateProvider _circuit = new();
    private readonly ResiliencePipeline _pipeline;
    private long _openUntil;

    public CallPipeline(ResilienceOptions options, TimeProvider timeProvider, RetryBudget budget, Action<ScmException> onRetry)
    {
        _options = options;
        _timeProvider = timeProvider;
        _budget = budget;
        _plan = new RetryPlan(options, timeProvider, budget, onRetry);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = timeProvider }
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.Deadline })
            // Outside the retry, so that it counts calls: three attempts of one call are not three calls that failed.
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = options.CircuitFailureRatio,
                MinimumThroughput = options.CircuitMinimumThroughput,
                SamplingDuration = options.CircuitSamplingDuration,
                BreakDuration = options.CircuitBreakDuration,
                StateProvider = _circuit,
                OnOpened = arguments =>
                {
                    Volatile.Write(ref _openUntil, (timeProvider.GetUtcNow() + arguments.BreakDuration).UtcTicks);
                    return ValueTask.CompletedTask;
                },
                ShouldHandle = arguments => ValueTask.FromResult(CountsInCircuit(CallOf(arguments.Context), arguments.Outcome.Exception)),
            })
            .AddRetry(new RetryStrategyOptions
            {
                // The table bounds the attempts; the engine's own bound only has to stand above it.
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is ScmException error && _plan.TryPlan(CallOf(arguments.Context), error)),
                DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(CallOf(arguments.Context).NextWait),
            })
            .Build();
    }

    /// <summary>Whether calls are refused because the host has been failing.</summary>
    public bool IsCircuitOpen => _circuit.CircuitState is CircuitState.Open or CircuitState.Isolated;

    /// <summary>Until when calls are refused; a time that has passed while the next call is to find out whether the host is back; <see langword="null"/> when calls are sent.</summary>
    public DateTimeOffset? CircuitOpenUntil => _circuit.CircuitState is CircuitState.Closed ? null : new(Volatile.Read(ref _openUntil), TimeSpan.Zero);

    /// <summary>Takes the cost of one retry from the budget, for a second try that a caller makes itself.</summary>
    public bool TryTakeRetry() => _budget.TryTake();

    /// <summary>Whether a call that meets this limit waits for it to pass, instead of surfacing it.</summary>
    public bool WaitsFor(ScmException limit) => _plan.WaitsFor(limit, _options.Deadline);

    /// <summary>Runs the attempt until it succeeds or its error surfaces.</summary>
    /// <param name="operation">How safe the call is to send twice.</param>
    /// <param name="nature">What is known of it beforehand.</param>
    /// <param name="subject">What is called, for messages.</param>
    /// <param name="attemptTimeout">How long one attempt may take; <see langword="null"/> for what the options say.</param>
    /// <param name="enter">Waits for the turn of each attempt, within the deadline but not in the attempt's own time; <see langword="null"/> when there is nothing to wait for.</param>
    /// <param name="attempt">Makes one attempt.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="ScmException">The error of the last attempt, the deadline, or an open circuit.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<T> ExecuteAsync<T>(
        OperationClass operation,
        RetryCondition nature,
        object subject,
        TimeSpan? attemptTimeout,
        Func<CancellationToken, ValueTask<RequestTurn>>? enter,
        Func<ResilientCall, CancellationToken, ValueTask<T>> attempt,
        CancellationToken cancellationToken)
    {
        var call = new ResilientCall(operation, nature, subject, _timeProvider.GetUtcNow()) { AttemptTimeout = attemptTimeout ?? _options.AttemptTimeout };
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(ResilientCall.Key, call);
        try
        {
            var result = await _pipeline.ExecuteAsync(
                static (context, state) => state.Pipeline.AttemptAsync(CallOf(context), state.enter, state.attempt, context.CancellationToken),
                context,
                (Pipeline: this, enter, attempt)).ConfigureAwait(false);
            _budget.Return(call.LastCost);
            return result;
        }
        catch (Exception cancelled) when (cancellationToken.IsCancellationRequested && (cancelled is OperationCanceledException or ScmException))
        {
            // The engine's token is a linked one; the caller looks for its own. An answer that was cut off by it is no answer.
            throw new OperationCanceledException(cancelled.Message, cancelled, cancellationToken);
        }
        catch (TimeoutRejectedException) when (call.IsWaitingForTurn)
        {
            throw Decide(call, NotSentInTime(call));
        }
        catch (TimeoutRejectedException)
        {
            call.Note(RetryCondition.DeadlineReached);
            throw Decide(call, TimedOut($"{subject}: the call was given up after its deadline of {_options.Deadline.TotalSeconds:0.###} s.", call.LastError));
        }
        catch (BrokenCircuitException broken)
        {
            throw Decide(call, CircuitOpen(broken));
        }
        catch (ScmException error)
        {
            if (Decide(call, error) is ScmAmbiguousWriteException ambiguous)
            {
                throw ambiguous;
            }

            throw;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static ResilientCall CallOf(ResilienceContext context) =>
        context.Properties.GetValue(ResilientCall.Key, null!);

    /// <summary>Whether a call counts as failed. The one that tries a host after a break must have had an answer to close the circuit.</summary>
    private bool CountsInCircuit(ResilientCall call, Exception? exception) => exception switch
    {
        ScmException error when call.Row(error).CountsInCircuit => true,
        ScmException error => _circuit.CircuitState is CircuitState.HalfOpen && (error.Origin is ErrorOrigin.Client || call.Has(RetryCondition.CredentialUnavailable)),
        OperationCanceledException => _circuit.CircuitState is CircuitState.HalfOpen,
        _ => false,
    };

    /// <summary>Notes which row decided. A write whose fate is unknown gets an exception of its own, with what happened as its cause.</summary>
    private static ScmException Decide(ResilientCall call, ScmException error)
    {
        if (error.Error.Rule is not null)
        {
            // Decided already, by the line of the credential; and shared by all who waited for it.
            return error;
        }

        var row = call.Row(error);
        error.Error = error.Error with { Rule = row.Number, IsRetryBudgetExhausted = call.IsBudgetExhausted };
        return row.IsFateUnknown ? ScmException.From(error.Error with { IsFateUnknown = true }, error) : error;
    }

    private async ValueTask<T> AttemptAsync<T>(
        ResilientCall call,
        Func<CancellationToken, ValueTask<RequestTurn>>? enter,
        Func<ResilientCall, CancellationToken, ValueTask<T>> attempt,
        CancellationToken cancellationToken)
    {
        call.BeginAttempt();
        try
        {
            call.IsWaitingForTurn = enter is not null;
            using var turn = enter is null ? default : await enter(cancellationToken).ConfigureAwait(false);
            call.IsWaitingForTurn = false;
            return await AttemptInTimeAsync(call, attempt, cancellationToken).ConfigureAwait(false);
        }
        catch (ExecutionRejectedException rejected)
        {
            // A resilience handler of the user's, below this line: not this line's own deadline or circuit.
            throw call.Fail(ScmException.From(
                new ScmError { Reason = ErrorReason.Transport, Origin = ErrorOrigin.Transport, Message = $"{call.Subject}: a handler below refused the attempt." },
                rejected));
        }
        catch (ScmRateLimitException refused) when (refused.Origin is ErrorOrigin.Client && !call.Has(RetryCondition.CredentialUnavailable) && call.LastError is { } answered)
        {
            // A retry that is not sent, because a limit holds by now, says less than what the first attempt met; and the
            // next one would not be sent either.
            throw call.Settle(answered);
        }
        catch (ScmException error)
        {
            call.Fail(error);
            if (call.AfterFailure is { } findOut)
            {
                await findOut(error, cancellationToken).ConfigureAwait(false);
            }

            throw;
        }
    }

    private async ValueTask<T> AttemptInTimeAsync<T>(ResilientCall call, Func<ResilientCall, CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        // Ends with the attempt's time or with the call, whichever comes first.
        using var end = new CancellationTokenSource(call.AttemptTimeout, _timeProvider);
        using var ofCall = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), end);
        try
        {
            return await attempt(call, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled) when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw TimedOut($"{call.Subject}: an attempt was given up after {call.AttemptTimeout.TotalSeconds:0.###} s.", cancelled);
        }
    }

    private ScmException NotSentInTime(ResilientCall call) => ScmException.From(
        new ScmError
        {
            Reason = ErrorReason.Timeout,
            Origin = ErrorOrigin.Client,
            Message = $"{call.Subject}: not sent; it waited for its turn among the requests of its credential until its deadline of {_options.Deadline.TotalSeconds:0.###} s.",
        },
        call.LastError);

    private static ScmException TimedOut(string message, Exception? cause) => ScmException.From(
        new ScmError { Reason = ErrorReason.Timeout, Origin = ErrorOrigin.Transport, Message = message },
        cause);

    private ScmException CircuitOpen(BrokenCircuitException broken) => ScmException.From(
        new ScmError
        {
            Reason = ErrorReason.CircuitOpen,
            Origin = ErrorOrigin.Client,
            RetryAt = _timeProvider.GetUtcNow() + (broken.RetryAfter ?? _options.CircuitBreakDuration),
            Message = "Not sent: too many calls to this host have failed, so it is left alone for a while.",
        },
        broken);
}
