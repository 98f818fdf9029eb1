namespace ScmIntegrations.Testing;

/// <summary>
/// The scripted rules in force. The first that matches and is not used up answers,
/// before credentials and rate limits are looked at; a scripted answer costs nothing of the rate limit.
/// </summary>
public sealed partial class FaultList
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];

    internal FaultList()
    {
    }

    /// <summary>How many rules there are, used-up ones included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _faults.Count;
            }
        }
    }

    /// <summary>Takes every rule away.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
        }
    }

    /// <summary>Lets every request meet a drawn fault, or pass: <see cref="FaultBuilder.AnswerAtRandom"/> for all of them.</summary>
    /// <param name="seed">Another seed, other faults.</param>
    /// <param name="faults">How likely each is.</param>
    /// <returns>The rule, to count its hits or take it away.</returns>
    /// <exception cref="ArgumentException">A probability is not between 0 and 1, or all together are above 1.</exception>
    /// <example><code>
    /// gitHub.Faults.AddRandom(seed: 42, new RandomFaults { Reset = 0.02, BadGateway = 0.03, SecondaryRateLimit = 0.01 });
    /// </code></example>
    public Fault AddRandom(int seed, RandomFaults faults) => new FaultBuilder(this, Anything).AnswerAtRandom(seed, faults);

    internal static FaultCondition Anything { get; } = new("anything", static _ => true);

    internal Fault Add(Fault fault)
    {
        lock (_gate)
        {
            _faults.Add(fault);
        }

        return fault;
    }

    internal void Remove(Fault fault)
    {
        lock (_gate)
        {
            _faults.Remove(fault);
        }
    }

    internal Fault[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _faults];
        }
    }

    internal Answer? Find(RecordedRequest request)
    {
        foreach (var fault in Snapshot())
        {
            if (Ask(fault, request) is { } answer)
            {
                request.Matched = true;
                return answer;
            }
        }

        return null;
    }

    private static Answer? Ask(Fault fault, RecordedRequest request)
    {
        try
        {
            return fault.Find(request);
        }
        catch (Exception exception)
        {
            throw new UnmatchedRequestException($"The condition of the script '{fault}' threw when it was asked about {request.Method} {request.Target}: {exception.Message}", exception);
        }
    }
}
