namespace Quickstart.Counting;

/// <summary>Stands closest to the wire, so it sees every attempt, every redirect hop and every token that is minted.</summary>
internal sealed class CountingHandler(RequestCounter counter) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        counter.Count(request.RequestUri!);
        return base.SendAsync(request, cancellationToken);
    }
}
