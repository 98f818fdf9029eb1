namespace ScmIntegrations.Resilience.Retries;

/// <summary>
/// A bucket of tokens that retries draw on, so that an outage is met with about one request a call instead of three.
/// The figures are those of the AWS SDKs' standard mode as revised in 2026: 500 tokens, 14 a retry, 5 one after a limit, 1 back
/// for a clean success.
/// </summary>
internal sealed class RetryBudget
{
    private const int Capacity = 500;

    /// <summary>What a retry after a fault costs.</summary>
    public const int FaultCost = 14;

    /// <summary>What a retry after a limit costs: the server is well, and has said when to come.</summary>
    public const int LimitCost = 5;

    private int _tokens = Capacity;

    /// <summary>Takes the cost of one retry; <see langword="false"/> when the bucket cannot pay.</summary>
    public bool TryTake(int cost = FaultCost)
    {
        int tokens;
        do
        {
            tokens = Volatile.Read(ref _tokens);
            if (tokens < cost)
            {
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref _tokens, tokens - cost, tokens) != tokens);

        return true;
    }

    /// <summary>Gives back after a success: the cost of its last retry, or 1 when it needed none.</summary>
    public void Return(int lastCost = 0)
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
        while (Interlocked.CompareExchange(ref _tokens, Math.Min(Capacity, tokens + Math.Max(1, lastCost)), tokens) != tokens);
    }
}
