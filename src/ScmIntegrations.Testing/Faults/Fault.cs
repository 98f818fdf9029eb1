using System.Globalization;

namespace ScmIntegrations.Testing;

/// <summary>One scripted rule.</summary>
public sealed class Fault
{
    private readonly Lock _gate = new();
    private readonly FaultList _owner;
    private readonly FaultCondition _condition;
    private readonly FaultSchedule _schedule;
    private readonly FaultAnswers _answers;
    private readonly int _needed;
    private int _seen;
    private int _hits;

    internal Fault(FaultList owner, FaultCondition condition, FaultSchedule schedule, FaultAnswers answers, bool isOptional)
    {
        _owner = owner;
        _condition = condition;
        _schedule = schedule;
        _answers = answers;
        _needed = isOptional ? 0 : schedule.Times ?? answers.Needed;
    }

    /// <summary>How many requests it has answered.</summary>
    public int Hits => Volatile.Read(ref _hits);

    /// <summary>Whether it has answered as often as it was told to: once, or as <see cref="FaultBuilder.Times"/> says.</summary>
    internal bool IsUsed => Hits >= _needed;

    internal KnownRoute? Route => _condition.Route;

    /// <summary>Takes the rule away.</summary>
    public void Remove() => _owner.Remove(this);

    /// <summary>What the rule is about and how often it has answered. A header's value is not in it, unless the code of a condition names one.</summary>
    /// <returns>For example <c>GET /repos/{owner}/{repo}, 2 in all: answered 1</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_condition.Text}{_schedule}{_answers.Text}: answered {Hits}");

    internal Answer? Find(RecordedRequest request)
    {
        if (!_condition.Matches(request))
        {
            return null;
        }

        lock (_gate)
        {
            if (!_schedule.Applies(++_seen) || _answers.Choose(request, _hits) is not { } answer)
            {
                return null;
            }

            _hits++;
            return answer;
        }
    }
}
