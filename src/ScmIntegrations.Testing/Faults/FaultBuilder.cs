namespace ScmIntegrations.Testing;

/// <summary>Says when a scripted answer applies; <see cref="Answer"/> puts the rule in force.</summary>
public sealed class FaultBuilder
{
    private readonly FaultList _faults;
    private readonly Func<RecordedRequest, bool> _matches;
    private int _skipped;
    private int _every = 1;
    private int _times = int.MaxValue;

    internal FaultBuilder(FaultList faults, Func<RecordedRequest, bool> matches)
    {
        _faults = faults;
        _matches = matches;
    }

    /// <summary>Answers this many requests, then lets the rest pass.</summary>
    /// <param name="count">How many.</param>
    /// <returns>This rule.</returns>
    public FaultBuilder Times(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        _times = count;
        return this;
    }

    /// <summary>Answers one request.</summary>
    /// <returns>This rule.</returns>
    public FaultBuilder Once() => Times(1);

    /// <summary>Answers every request, which is what a rule does unless told otherwise.</summary>
    /// <returns>This rule.</returns>
    public FaultBuilder Always() => Times(int.MaxValue);

    /// <summary>Answers the n-th request, the 2n-th and so on.</summary>
    /// <param name="nth">The distance.</param>
    /// <returns>This rule.</returns>
    public FaultBuilder Every(int nth)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nth);
        _every = nth;
        return this;
    }

    /// <summary>Lets this many requests pass first.</summary>
    /// <param name="requests">How many.</param>
    /// <returns>This rule.</returns>
    public FaultBuilder AfterRequests(int requests)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requests);
        _skipped = requests;
        return this;
    }

    /// <summary>Puts the rule in force.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The rule, to count its hits or take it away.</returns>
    public Fault Answer(Answer answer) => AnswerInTurn(answer);

    /// <summary>Puts the rule in force with several answers: one a request, from the first again after the last.</summary>
    /// <param name="answers">The answers.</param>
    /// <returns>The rule, to count its hits or take it away.</returns>
    public Fault AnswerInTurn(params Answer[] answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentOutOfRangeException.ThrowIfZero(answers.Length, nameof(answers));
        var (skipped, every, times) = (_skipped, _every, _times);
        return _faults.Add(_matches, seen => seen > skipped && (seen - skipped) % every == 0 && (seen - skipped) / every <= times, answers);
    }
}
