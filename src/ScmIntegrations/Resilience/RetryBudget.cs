namespace ScmIntegrations.Resilience;

/// <summary>
/// A bucket of tokens that retries draw on, so that an outage is met with about one request a call instead of three.
/// The figures are those of the AWS SDKs' standard mode as revised in 2026: 500 tokens, 14 a retry, 1 back for a clean success.
/// </summary>
internal sealed class RetryBudget
{
    private const int Capacity = 500;
    private const int RetryCost = 14;

    private int _tokens = Capacity;

    /// <summary>Takes the cost of one retry; <see langword="false"/> when the bucket cannot pay.</summary>
    public bool TryTake()
    {
        int tokens;
        do
        {
            tokens = Volatile.Read(ref _tokens);
            if (tokens < RetryCost)
            {
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref _tokens, tokens - RetryCost, tokens) != tokens);

        return true;
    }

    /// <summary>Gives back after a success: the cost of its last retry, or 1 when it needed none.</summary>
    public void Return(bool retried)
    {
        if (Volatile.Read(ref _tokens) == Capacity)
        {
            return;
        }

        int tokens;
        do
        {
            tokens = Volatile.Read(ref _tokens);
        }
        while (Interlocked.CompareExchange(ref _tokens, Math.Min(Capacity, tokens + (retried ? RetryCost : 1)), tokens) != tokens);
    }
}
