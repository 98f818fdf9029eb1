namespace ScmIntegrations.Testing;

/// <summary>One scripted rule.</summary>
public sealed class Fault
{
    private readonly Lock _gate = new();
    private readonly Func<RecordedRequest, bool> _matches;
    private readonly Func<int, bool> _applies;
    private readonly Answer[] _answers;
    private readonly FaultList _owner;
    private int _seen;
    private int _hits;

    internal Fault(FaultList owner, Func<RecordedRequest, bool> matches, Func<int, bool> applies, Answer[] answers)
    {
        _owner = owner;
        _matches = matches;
        _applies = applies;
        _answers = answers;
    }

    /// <summary>How many requests it has answered.</summary>
    public int Hits => Volatile.Read(ref _hits);

    /// <summary>Takes the rule away.</summary>
    public void Remove() => _owner.Remove(this);

    internal Answer? Find(RecordedRequest request)
    {
        if (!_matches(request))
        {
            return null;
        }

        lock (_gate)
        {
            return _applies(++_seen) ? _answers[_hits++ % _answers.Length] : null;
        }
    }
}
