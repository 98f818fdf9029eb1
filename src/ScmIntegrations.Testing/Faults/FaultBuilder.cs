namespace ScmIntegrations.Testing;

/// <summary>Says when a scripted answer applies; <see cref="Answer"/> puts the rule in force.</summary>
public sealed partial class FaultBuilder
{
    private readonly FaultList _faults;
    private FaultCondition _condition;
    private FaultSchedule _schedule = new();
    private bool _isOptional;

    internal FaultBuilder(FaultList faults, FaultCondition condition)
    {
        _faults = faults;
        _condition = condition;
    }

    /// <summary>Answers this many requests, then lets the rest pass.</summary>
    /// <param name="count">How many.</param>
    /// <returns>This rule.</returns>
    public FaultBuilder Times(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        _schedule = _schedule with { Times = count };
        return this;
    }

    /// <summary>Answers one request.</summary>
    /// <returns>This rule.</returns>
    public FaultBuilder Once() => Times(1);

    /// <summary>Answers every request, which is what a rule does unless told otherwise.</summary>
    /// <returns>This rule.</returns>
    public FaultBuilder Always()
    {
        _schedule = _schedule with { Times = null };
        return this;
    }

    /// <summary>Answers the n-th request, the 2n-th and so on.</summary>
    /// <param name="nth">The distance.</param>
    /// <returns>This rule.</returns>
    /// <example><code>
    /// gitHub.WhenAnything().Every(50).Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(1)));
    /// </code></example>
    public FaultBuilder Every(int nth)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nth);
        _schedule = _schedule with { Every = nth };
        return this;
    }

    /// <summary>Lets this many requests pass first.</summary>
    /// <param name="requests">How many.</param>
    /// <returns>This rule.</returns>
    public FaultBuilder AfterRequests(int requests)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requests);
        _schedule = _schedule with { Skipped = requests };
        return this;
    }

    /// <summary>Need not be used: <see cref="FakeServer.VerifyAllCalled"/> does not ask for it.</summary>
    /// <returns>This rule.</returns>
    public FaultBuilder Optional()
    {
        _isOptional = true;
        return this;
    }

    /// <summary>Puts the rule in force.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The rule, to count its hits or take it away.</returns>
    public Fault Answer(Answer answer) => AnswerInTurn(answer);

    /// <summary>Puts the rule in force with several answers: one a request, from the first again after the last.</summary>
    /// <param name="answers">The answers.</param>
    /// <returns>The rule, to count its hits or take it away.</returns>
    public Fault AnswerInTurn(params Answer[] answers) => Add(FaultAnswers.InTurn(Checked(answers)));

    /// <summary>Puts the rule in force with several answers: one a request, and the last from then on.</summary>
    /// <param name="answers">The answers.</param>
    /// <returns>The rule, to count its hits or take it away.</returns>
    public Fault AnswerInOrder(params Answer[] answers) => Add(FaultAnswers.InOrder(Checked(answers)));

    /// <summary>
    /// Puts the rule in force with faults that are drawn: each request meets one, or passes. What is drawn follows from the seed, the request's
    /// method and target, and how often this rule has seen these two; so a test that is run again meets the same, however its threads fall.
    /// </summary>
    /// <param name="seed">Another seed, other faults. It is in <see cref="Fault.ToString"/>, in the messages of verification, and in the header <c>X-Random-Fault</c> of what is answered.</param>
    /// <param name="faults">How likely each is.</param>
    /// <returns>The rule, to count its hits or take it away.</returns>
    /// <exception cref="ArgumentException">A probability is not between 0 and 1, or all together are above 1.</exception>
    public Fault AnswerAtRandom(int seed, RandomFaults faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        return Add(new RandomDraw(seed, faults).AsAnswers());
    }

    private static Answer[] Checked(Answer[] answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentOutOfRangeException.ThrowIfZero(answers.Length, nameof(answers));
        return Array.TrueForAll(answers, static answer => answer is not null) ? answers : throw new ArgumentException("An answer is null.", nameof(answers));
    }

    private Fault Add(FaultAnswers answers) => _faults.Add(new(_faults, _condition, _schedule, answers, _isOptional));
}
