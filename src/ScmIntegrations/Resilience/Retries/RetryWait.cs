namespace ScmIntegrations.Resilience.Retries;

/// <summary>How long to wait before the next attempt.</summary>
internal enum RetryWait
{
    /// <summary>There is no next attempt.</summary>
    Never,

    /// <summary>Not at all, after the credential has been renewed or its signature repaired.</summary>
    RefreshCredential,

    /// <summary>Exponential from the configured base with full jitter, at most 10 seconds; longer where the answer asks for it.</summary>
    Backoff,

    /// <summary>A second, in which replicas catch up.</summary>
    OneSecond,

    /// <summary>One to two seconds, drawn.</summary>
    OneToTwoSeconds,

    /// <summary>1, 2, 4, 8, 10, 10 … seconds, until the answer is ready.</summary>
    Poll,

    /// <summary>1 s × 2ⁿ with 50 to 100 % jitter, at most 30 seconds: a broker's.</summary>
    BrokerBackoff,

    /// <summary>Until the limit has passed, where the options allow that long a wait.</summary>
    Limit,
}
