using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Limits;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Simulations.Limits;

/// <summary>
/// The library's own classes with their own defaults: the pace of background work, what is learnt from the answers, and the
/// reserve that follows from it. An answer arrives a second after its call, with what was used when the call was served.
/// </summary>
internal sealed class LearntFloorRule : IBackgroundRule
{
    private const int Floor = 200;

    private readonly ManualTimeProvider _clock = new();
    private int _step;
    private readonly Learner[] _learners;

    public LearntFloorRule(int learners) => _learners = [.. Enumerable.Range(0, learners).Select(_ => new Learner(_clock))];

    public void Begin(int step)
    {
        _clock.Advance(TimeSpan.FromSeconds(step - _step));
        _step = step;
        foreach (var learner in _learners)
        {
            learner.TakeAnswers(step);
        }
    }

    public bool MaySend(int instance, int left, int untilReset) => Of(instance).TryBegin(_step / LimitSharingSimulation.Window, untilReset);

    public void Sent(int instance, bool isInteractive, int used) => Of(instance).Send(isInteractive ? RequestLane.Interactive : RequestLane.Background, used, _step);

    public void Dispose() => Array.ForEach(_learners, static learner => learner.Dispose());

    private Learner Of(int instance) => _learners[instance % _learners.Length];

    private sealed class Learner(TimeProvider clock) : IDisposable
    {
        private static readonly RateLimitOptions Options = new();

        private readonly RequestPacer _pacer = new(Options.BackgroundRequestsPerSecond, Options.BackgroundBurst, clock);
        private readonly RateLimitUse _use = new(clock);
        private readonly List<(RequestLane Lane, int Used, int Step)> _underWay = [];
        private int _used;
        private int _window = -1;
        private Task? _turn;

        public bool TryBegin(int window, int untilReset)
        {
            _turn ??= _pacer.WaitAsync(CancellationToken.None).AsTask();
            if (!_turn.IsCompleted)
            {
                return false;
            }

            // Nothing is known of a window before its first answer; then all is taken to be left.
            var isKnown = _window == window;
            var reading = new RateLimitReading("core", LimitSharingSimulation.Limit, isKnown ? LimitSharingSimulation.Limit - _used : LimitSharingSimulation.Limit, default);
            var isAdmitted = _use.TryAdmit(new RequestReserve(reading, TimeSpan.FromSeconds(untilReset), isKnown ? Floor : 0, isKnown ? Options.ReserveFactor : 0), out _);
            _turn = isAdmitted ? null : _turn;
            return isAdmitted;
        }

        public void Send(RequestLane lane, int used, int step)
        {
            _use.Begin(lane);
            _underWay.Add((lane, used, step));
        }

        public void Dispose() => _pacer.Dispose();

        public void TakeAnswers(int step)
        {
            foreach (var (lane, used, sent) in _underWay)
            {
                var window = sent / LimitSharingSimulation.Window;
                var untilReset = ((window + 1) * LimitSharingSimulation.Window) - step;
                _use.Learn(new("core", LimitSharingSimulation.Limit, LimitSharingSimulation.Limit - used, default), TimeSpan.FromSeconds(untilReset));
                _used = window > _window ? used : Math.Max(used, _used);
                _window = window;
                _use.End(lane, isCounted: true);
                if (lane is RequestLane.Background)
                {
                    _use.EndAdmitted();
                }
            }

            _underWay.Clear();
        }
    }
}
