using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ScmIntegrations.Testing.Tests;

/// <summary>The same requests, over a socket and in memory: nothing that a client or a test can see may differ.</summary>
public sealed class InMemoryParityTests
{
    private const string Tree = "/repos/acme/api/git/trees/main";

    private static readonly Dictionary<string, (Func<HttpRequestMessage> Request, Answer? Script)> Exchanges = new(StringComparer.Ordinal)
    {
        ["a repository"] = (() => Get("/repos/acme/api"), null),
        ["a tree, plain"] = (() => Get(Tree + "?recursive=1"), null),
        ["a tree, compressed"] = (() => With(Get(Tree), "Accept-Encoding", "gzip"), null),
        ["an empty repository"] = (() => Get("/repos/acme/empty/git/trees/main"), null),
        ["a missing repository"] = (() => Get("/repos/acme/missing"), null),
        ["a renamed repository"] = (() => Get("/repos/acme/old"), null),
        ["an escaped path"] = (() => Get("/repos/acme/api/git/trees/feature%2Fx%20y?a=b%26c"), null),
        ["a page of a list"] = (() => Get("/user/repos?per_page=1&page=2"), null),
        ["a list as JSON with several values of a header"] = (() => With(With(Get("/user/repos"), "Accept", "application/json"), "Accept", "text/json"), null),
        ["no user agent"] = (() => Without(Get("/user"), "User-Agent"), null),
        ["no credential"] = (() => Without(Get("/user"), "Authorization"), null),
        ["HEAD"] = (() => new HttpRequestMessage(HttpMethod.Head, "/repos/acme/api"), null),
        ["POST with a body"] = (() => new HttpRequestMessage(HttpMethod.Post, "/things") { Content = new StringContent("{\"a\":1}", Encoding.UTF8, "application/json") }, null),
        ["POST without content"] = (() => new HttpRequestMessage(HttpMethod.Post, "/things"), null),
        ["PUT with an empty body"] = (() => new HttpRequestMessage(HttpMethod.Put, "/things") { Content = new ByteArrayContent([]) }, null),
        ["PUT of unknown length"] = (() => new HttpRequestMessage(HttpMethod.Put, "/things") { Content = new PushedContent("some bytes") }, null),
        ["204"] = (() => Get("/things"), Answers.Text(204)),
        ["304"] = (() => Get("/things"), Answers.Text(304)),
        ["an empty body"] = (() => Get("/things"), Answers.EmptyBody200()),
        ["a web page"] = (() => Get("/things"), Answers.ServerError()),
        ["a body of unknown length"] = (() => Get("/things"), Answers.LongBody(300_000)),
        ["a gzip bomb"] = (() => Get("/things"), Answers.GzipBomb(300_000)),
        ["a changed header"] = (() => Get(Tree), Answers.Real().WithHeader("X-Test", "yes").WithHeader("X-Test", "really").WithHeader("ETag", null)),
        ["a primary limit"] = (() => Get(Tree), Answers.PrimaryRateLimit(TimeSpan.FromMinutes(5))),
        ["a redirect"] = (() => Get(Tree), Answers.Redirect("/rate_limit", 302)),
        ["a cut body"] = (() => Get(Tree), Answers.Real().CutAfter(40)),
        ["a reset"] = (() => Get(Tree), Answers.Reset()),
        ["code that throws"] = (() => Get(Tree), Answers.Custom((_, _) => throw new InvalidOperationException("A bug of the test."))),
        ["code that throws late"] = (() => Get(Tree), Answers.Custom(async (context, _) =>
        {
            await context.Response.Body.WriteAsync("some"u8.ToArray());
            throw new InvalidOperationException("A bug of the test.");
        })),
        ["a body that is too short"] = (() => Get(Tree), Answers.Custom(async (context, _) =>
        {
            context.Response.ContentLength = 20;
            await context.Response.Body.WriteAsync("some"u8.ToArray());
        })),
        ["nothing written"] = (() => Get(Tree), Answers.Custom((_, _) => Task.CompletedTask)),
    };

    public static TheoryData<string> Names => [.. Exchanges.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Both_ways_show_the_same(string name)
    {
        var (request, script) = Exchanges[name];
        await using var listening = await FakeGitHub.StartAsync(Configure, Http.Cancellation);
        await using var inMemory = FakeGitHub.InMemory(Configure);
        using var sockets = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        using var memory = inMemory.CreateHandler(automaticDecompression: false);

        var expected = await ExchangeAsync(listening, sockets, request(), script);
        var shown = await ExchangeAsync(inMemory, memory, request(), script);

        shown.Should().Equal(expected);
    }

    [Theory]
    [InlineData("a tree, plain")]
    [InlineData("a tree, compressed")]
    [InlineData("an empty repository")]
    [InlineData("a gzip bomb")]
    [InlineData("a body of unknown length")]
    [InlineData("204")]
    [InlineData("a cut body")]
    public async Task Both_ways_show_the_same_unpacked(string name)
    {
        var (request, script) = Exchanges[name];
        await using var listening = await FakeGitHub.StartAsync(Configure, Http.Cancellation);
        await using var inMemory = FakeGitHub.InMemory(Configure);
        using var sockets = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.GZip };
        using var memory = inMemory.CreateHandler();

        var expected = await ExchangeAsync(listening, sockets, request(), script);
        var shown = await ExchangeAsync(inMemory, memory, request(), script);

        shown.Should().Equal(expected);
    }

    /// <summary>Everything there is to see of one exchange: the answer or the exception, and what the log kept of the request.</summary>
    private static async Task<List<string>> ExchangeAsync(FakeGitHub fake, HttpMessageHandler handler, HttpRequestMessage request, Answer? script)
    {
        fake.AddToken("ghp_reader", "octocat");
        fake.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(300));
        fake.AddRepository("acme/empty");
        fake.AddRepository("acme/old", repository => repository.Tree = FakeTree.Generate(3));
        fake.RenameRepository("acme/old", "acme/new");
        if (script is not null)
        {
            fake.WhenAnything().Answer(script);
        }

        var seen = new List<string>();
        using var client = new HttpClient(handler, disposeHandler: false) { BaseAddress = fake.Address };
        using (request)
        {
            // One host for both, so that links in bodies and entity tags made from them are the same.
            request.Headers.Host = "api.github.test";
            try
            {
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Http.Cancellation);
                seen.Add($"{(int)response.StatusCode} {response.ReasonPhrase} {response.Version}");
                seen.AddRange(response.Headers.Concat(response.Content.Headers)
                    // Drawn anew for each answer; and the date of Kestrel's own 500 is by the clock on the wall.
                    .Where(header => header.Key is not "X-GitHub-Request-Id" && !(header.Key is "Date" && response.StatusCode is HttpStatusCode.InternalServerError))
                    .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
                    .Order(StringComparer.Ordinal));
                seen.Add(Convert.ToHexString(await response.Content.ReadAsByteArrayAsync(Http.Cancellation)));
            }
            catch (HttpRequestException exception)
            {
                for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
                {
                    seen.Add($"{cause.GetType().Name} {(cause as HttpRequestException)?.HttpRequestError}{(cause as HttpIOException)?.HttpRequestError}");
                }
            }
        }

        var recorded = fake.Requests.Single();
        seen.Add($"{recorded} {recorded.Path} {recorded.Query} {recorded.Body} {recorded.Matched} {recorded.Time:O}");
        seen.AddRange(recorded.Headers.Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal));
        return seen;
    }

    // What nothing answers is an exception on one way and an answer on the other, by intent.
    private static void Configure(FakeGitHubOptions options) =>
        (options.TimeProvider, options.UnmatchedRequests) = (new ManualTimeProvider(), UnmatchedRequestHandling.NotFound);

    private static HttpRequestMessage Get(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.UserAgent.ParseAdd("parity/1.0 (test)");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "ghp_reader");
        return request;
    }

    private static HttpRequestMessage With(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Add(name, value);
        return request;
    }

    private static HttpRequestMessage Without(HttpRequestMessage request, string name)
    {
        request.Headers.Remove(name);
        return request;
    }

    private sealed class PushedContent(string text) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) =>
            stream.WriteAsync(Encoding.UTF8.GetBytes(text), Http.Cancellation).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
