using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace ScmIntegrations.Benchmarks;

/// <summary>Answers from memory, so that what is measured is the client and not a network: one repository and its tree, with the headers that GitHub sends about its limits.</summary>
public sealed class MemoryGitHub : HttpMessageHandler
{
    public const string Repository = """{"id":1,"full_name":"acme/api","default_branch":"main","private":true,"archived":false}""";

    private static readonly byte[] RepositoryBody = System.Text.Encoding.UTF8.GetBytes(Repository);

    private readonly byte[] _tree;
    private readonly string _date = TimeProvider.System.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
    private readonly string _reset = TimeProvider.System.GetUtcNow().AddMinutes(50).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public MemoryGitHub(int entries = 1000) => _tree = System.Text.Encoding.UTF8.GetBytes(
        $$"""{"sha":"{{Sha(0)}}","truncated":false,"tree":[{{string.Join(',', Enumerable.Range(1, entries).Select(Entry))}}]}""");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.RequestUri!.AbsolutePath.Contains("/git/trees/", StringComparison.Ordinal) ? _tree : RepositoryBody;
        var response = new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new ByteArrayContent(body) };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        response.Headers.TryAddWithoutValidation("Date", _date);
        response.Headers.TryAddWithoutValidation("x-ratelimit-limit", "5000");
        response.Headers.TryAddWithoutValidation("x-ratelimit-remaining", "4999");
        response.Headers.TryAddWithoutValidation("x-ratelimit-reset", _reset);
        response.Headers.TryAddWithoutValidation("x-ratelimit-resource", "core");
        return Task.FromResult(response);
    }

    private static string Entry(int number) => $$"""{"path":"src/file{{number}}.cs","mode":"100644","type":"blob","sha":"{{Sha(number)}}","size":{{number}}}""";

    private static string Sha(int number) => number.ToString("x40", CultureInfo.InvariantCulture);
}
