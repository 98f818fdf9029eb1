using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ScmIntegrations.Simulations.Outages;

/// <summary>Answers at once: with a repository, or by chance with 503.</summary>
/// <param name="failureRate">The share of requests that fail, from 0 to 1.</param>
/// <param name="seed">The seed of the chance.</param>
internal sealed class FailingGitHub(double failureRate, int seed) : HttpMessageHandler
{
    private static readonly byte[] Repository = Encoding.UTF8.GetBytes("""{"id":1,"full_name":"acme/api","default_branch":"main"}""");

    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();
    private readonly HashSet<string> _asked = [];

    /// <summary>The requests so far.</summary>
    public int Requests { get; private set; }

    /// <summary>How many repositories were asked for: every call asks for one of its own.</summary>
    public int Asked => _asked.Count;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        bool fails;
        lock (_lock)
        {
            Requests++;
            _asked.Add(request.RequestUri!.AbsolutePath);
            fails = _random.NextDouble() < failureRate;
        }

        var response = new HttpResponseMessage(fails ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(fails ? [] : Repository),
        };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return Task.FromResult(response);
    }
}
