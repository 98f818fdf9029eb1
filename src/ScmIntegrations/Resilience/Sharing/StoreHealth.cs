namespace ScmIntegrations.Resilience.Sharing;

/// <summary>
/// Leaves a store alone for some seconds after repeated failures, so that ten thousand reads do not each wait for it; then
/// one caller tries it for all.
/// </summary>
internal sealed class StoreHealth(string store, TimeProvider timeProvider, StoreLog log)
{
    private const int FailuresToPause = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    // Failures less than this apart are one outage, and one warning.
    private static readonly TimeSpan OutageGap = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private int _failures;
    private long _pausedAt;
    private long? _lastFailure;

    /// <summary>Whether it answered when it was last asked, or may be tried again.</summary>
    public bool IsTrusted
    {
        get
        {
            lock (_gate)
            {
                return _failures < FailuresToPause || timeProvider.GetElapsedTime(_pausedAt) >= Pause;
            }
        }
    }

    /// <summary>Whether the store may be asked now. While it is left alone, one caller in every pause may.</summary>
    public bool MayAsk()
    {
        if (Volatile.Read(ref _failures) < FailuresToPause)
        {
            return true;
        }

        lock (_gate)
        {
            if (!IsTrusted)
            {
                return false;
            }

            _pausedAt = timeProvider.GetTimestamp();
            return true;
        }
    }

    /// <summary>Notes an answer.</summary>
    public void Succeeded()
    {
        if (Volatile.Read(ref _failures) == 0)
        {
            return;
        }

        bool wasPaused;
        lock (_gate)
        {
            wasPaused = _failures >= FailuresToPause;
            _failures = 0;
        }

        if (wasPaused)
        {
            log.Recovered(store);
        }
    }

    /// <summary>Notes a failure, or that the store was waited for in vain.</summary>
    public void Failed(string operation, Exception exception)
    {
        bool isNew;
        lock (_gate)
        {
            isNew = _lastFailure is not { } last || timeProvider.GetElapsedTime(last) > OutageGap;
            _lastFailure = timeProvider.GetTimestamp();
            if (++_failures == FailuresToPause)
            {
                _pausedAt = timeProvider.GetTimestamp();
            }
        }

        if (isNew)
        {
            log.Failed(store, operation, exception);
        }
        else
        {
            log.FailedAgain(store, operation, exception);
        }
    }
}
