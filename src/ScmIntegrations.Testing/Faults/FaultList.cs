namespace ScmIntegrations.Testing;

/// <summary>
/// The scripted rules in force. The first that matches and is not used up answers,
/// before credentials and rate limits are looked at; a scripted answer costs nothing of the rate limit.
/// </summary>
public sealed class FaultList
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];

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

    internal Fault Add(Func<RecordedRequest, bool> matches, Func<int, bool> applies, Answer[] answers)
    {
        var fault = new Fault(this, matches, applies, answers);
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

    internal Answer? Find(RecordedRequest request)
    {
        Fault[] faults;
        lock (_gate)
        {
            faults = [.. _faults];
        }

        foreach (var fault in faults)
        {
            if (fault.Find(request) is { } answer)
            {
                request.Matched = true;
                return answer;
            }
        }

        return null;
    }
}
