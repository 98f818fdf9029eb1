using ScmIntegrations.Simulation.Tests.Server;

namespace ScmIntegrations.Simulation.Tests.Client;

/// <summary>
/// Marks a request with the call it was sent for, and counts what is under way. What callers share, such as a mint or a
/// read through the cache, runs outside of any call and is not marked.
/// </summary>
internal sealed class TaggingHandler(RequestsUnderWay underWay) : DelegatingHandler
{
    private static readonly AsyncLocal<string?> Current = new();

    /// <summary>Marks every request from here on in this flow.</summary>
    public static void Enter(string tag) => Current.Value = tag;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Current.Value is { } tag)
        {
            request.Headers.Remove(FaultPlan.TagHeader);
            request.Headers.Add(FaultPlan.TagHeader, tag);
        }

        underWay.Add(1);
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            underWay.Add(-1);
        }
    }
}

/// <summary>How many requests of one client wait for their answer to begin.</summary>
internal sealed class RequestsUnderWay
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add(int change) => Interlocked.Add(ref _count, change);
}
