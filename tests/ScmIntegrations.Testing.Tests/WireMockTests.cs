using System.IO.Compression;
using System.Text;

namespace ScmIntegrations.Testing.Tests;

public sealed class WireMockTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wiremock-").FullName;
    private readonly ManualTimeProvider _clock = new();
    private readonly FakeGitHub _fake;
    private readonly HttpClient _client;

    public WireMockTests()
    {
        _fake = FakeGitHub.InMemory(options => options.TimeProvider = _clock);
        _client = _fake.CreateClient("ghp_reader");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _fake.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("""{"method":"GET","url":"/a?x=1"}""", "GET a?x=1", "!POST a?x=1", "!GET a", "!GET a?x=1&y=2", "!GET A?x=1")]
    [InlineData("""{"method":"get","urlPath":"/a/b"}""", "GET a/b", "GET a/b?x=1", "!GET a", "!GET a/b/c")]
    [InlineData("""{"urlPattern":"/a\\?x=[0-9]+"}""", "GET a?x=12", "POST a?x=1", "!GET a?x=1y", "!GET b/a?x=1")]
    [InlineData("""{"method":"ANY","urlPathPattern":"/repos/[^/]+/x"}""", "GET repos/acme/x", "DELETE repos/acme/x?y=1", "!GET repos/acme/x/y", "!GET v/repos/acme/x")]
    [InlineData("""{"urlPathPattern":"/a|/b"}""", "GET a", "GET b", "!GET ab", "!GET a/b")]
    [InlineData("""{"urlPathTemplate":"/things/{owner}/{repo}/x"}""", "GET things/acme/api/x?y=1", "!GET things/acme/x")]
    [InlineData("{}", "GET anything", "PUT else")]
    [InlineData("""{"urlPath":"/a","queryParameters":{"x":{"equalTo":"1 2"},"y":{"absent":true},"z":{"matches":"[a-c]+"},"w":{"contains":"mid"},"v":{"doesNotMatch":"no.*"},"u":{"equalTo":"UP","caseInsensitive":true}}}""",
        "GET a?x=1%202&z=abc&w=amidb&v=yes&u=up", "GET a?x=9&x=1+2&z=a&w=mid&v=&u=Up", "!GET a?x=1%202&z=abcd&w=amidb&v=yes&u=up", "!GET a?x=1%202&z=abc&w=amidb&v=nope&u=up", "!GET a?x=1%202&z=abc&w=amidb&v=yes&u=up&y=1", "!GET a?z=abc&w=amidb&v=yes&u=up", "!GET a?x=1%202&z=abc&w=amidb&u=up")]
    [InlineData("""{"headers":{"accept":{"contains":"json"},"X-None":{"absent":true},"User-Agent":{"matches":"fake-.*"}}}""", "GET a;Accept=application/json", "!GET a;Accept=text/html", "!GET a", "!GET a;Accept=json;X-None=1")]
    [InlineData("""{"bodyPatterns":[{"contains":"one"},{"doesNotMatch":".*two.*"}]}""", "POST a;=say one", "!POST a;=one two", "!POST a", "!POST a;=three")]
    [InlineData("""{"bodyPatterns":[{"equalTo":"Hello","caseInsensitive":true}]}""", "POST a;=hELLO", "!POST a;=hello!")]
    [InlineData("""{"bodyPatterns":[{"matches":"\\{.*\\}"}]}""", "POST a;={x}", "!POST a;= {x}")]
    [InlineData("""{"bodyPatterns":[{"equalToJson":{"a":1.0,"b":[1,2]}}]}""", "POST a;={\"b\": [1,2], \"a\": 1}", "!POST a;={\"b\":[2,1],\"a\":1}", "!POST a;={\"b\":[1,2],\"a\":1,\"c\":0}", "!POST a;=no json", "!POST a;={\"a\":1}")]
    [InlineData("""{"bodyPatterns":[{"equalToJson":"{\"a\":[1,{\"b\":2}]}","ignoreArrayOrder":true,"ignoreExtraElements":true}]}""", "POST a;={\"a\":[{\"b\":2,\"c\":3},1],\"d\":4}", "!POST a;={\"a\":[1]}", "!POST a;={\"a\":[1,{\"b\":3}]}")]
    public async Task Requests_are_matched_as_the_mapping_says(string request, params string[] asked)
    {
        Load($$"""{"request":{{request}},"response":{"status":299} }""");
        foreach (var ask in asked)
        {
            (await AskAsync(ask.TrimStart('!'))).Status.Should().Be(ask[0] is '!' ? "unmatched" : "299", ask);
        }
    }

    [Theory]
    [InlineData("""{"status":201,"body":"text","headers":{"Content-Type":"text/x","X-Two":["a","b"]}}""", "201", "text")]
    [InlineData("""{"jsonBody":{"a": [1,  2]}}""", "200", """{"a": [1,  2]}""")]
    [InlineData("""{"base64Body":"AP8B"}""", "200", "\0\uFFFD\u0001")]
    [InlineData("""{"bodyFileName":"deep/tree.json"}""", "200", "{\"from\":\"a file\"}\n")]
    [InlineData("""{"status":204,"body":"","transformers":[]}""", "204", "")]
    [InlineData("""{}""", "200", "")]
    public async Task Answers_are_served_as_recorded(string response, string status, string body)
    {
        Write("__files/deep/tree.json", "{\"from\":\"a file\"}\n");
        Load($$"""{"request":{"urlPath":"/a"},"response":{{response}} }""");

        (await AskAsync("GET a")).Should().Be((status, body));
        _fake.VerifyNoUnmatchedRequests();
    }

    [Fact]
    public async Task Recorded_headers_win_and_those_of_the_way_are_left_out()
    {
        Load("""{"request":{},"response":{"body":"text","headers":{"Content-Type":"text/x","X-Two":["a","b"],"Transfer-Encoding":"chunked","Content-Length":"9999","x-ratelimit-remaining":"7"}}}""");

        using var response = await _client.GetAsync("a", Http.Cancellation);

        response.Content.Headers.ContentType!.MediaType.Should().Be("text/x");
        response.Headers.GetValues("X-Two").Should().Equal("a", "b");
        response.Header("x-ratelimit-remaining").Should().Be("7");
        response.Content.Headers.ContentLength.Should().Be(4);
        response.Headers.TransferEncodingChunked.Should().NotBe(true);
    }

    [Fact]
    public async Task Packed_bytes_are_served_packed()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync("unpacked"u8.ToArray(), Http.Cancellation);
        }

        Load($$"""{"request":{},"response":{"base64Body":"{{Convert.ToBase64String(packed.ToArray())}}","headers":{"Content-Encoding":"gzip"} } }""");
        using var unpacking = new HttpClient(_fake.CreateHandler()) { BaseAddress = _fake.Address };

        (await unpacking.GetStringAsync("a", Http.Cancellation)).Should().Be("unpacked");
    }

    [Fact]
    public async Task A_delay_is_on_the_clock_of_the_server()
    {
        Load("""{"request":{},"response":{"fixedDelayMilliseconds":30000,"body":"late"}}""");
        var asking = _client.GetStringAsync("a", Http.Cancellation);
        await _clock.WaitForTimerAsync(TimeSpan.FromSeconds(30), Http.Cancellation);
        asking.IsCompleted.Should().BeFalse();

        _clock.Advance(TimeSpan.FromSeconds(30));

        (await asking).Should().Be("late");
    }

    [Theory]
    [InlineData("EMPTY_RESPONSE")]
    [InlineData("CONNECTION_RESET_BY_PEER")]
    [InlineData("RANDOM_DATA_THEN_CLOSE")]
    [InlineData("MALFORMED_RESPONSE_CHUNK")]
    public async Task Faults_break_the_connection(string fault)
    {
        Load($$"""{"request":{},"response":{"fault":"{{fault}}"} }""");

        await _client.Awaiting(client => client.GetStringAsync("a", Http.Cancellation)).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task Priority_decides_and_then_the_later_one()
    {
        Write("mappings/1.json", """{"mappings":[{"request":{},"response":{"body":"first"}},{"request":{},"response":{"body":"low"},"priority":9},{"request":{"urlPath":"/high"},"response":{"body":"high"},"priority":1}]}""");
        Write("mappings/2.json", """{"request":{"urlPathPattern":"/(a|high)"},"response":{"body":"second"}}""");
        _fake.Faults.AddWireMockMappings(_folder).Should().HaveCount(4);

        (await AskAsync("GET a")).Body.Should().Be("second");
        (await AskAsync("GET b")).Body.Should().Be("first");
        (await AskAsync("GET high")).Body.Should().Be("high");
        _fake.VerifyAllCalled();
    }

    [Fact]
    public async Task Scenarios_move_on()
    {
        Load("""
            {"mappings":[
              {"scenarioName":"list","requiredScenarioState":"Started","request":{"method":"GET","url":"/list"},"response":{"body":"empty"}},
              {"scenarioName":"list","requiredScenarioState":"Started","newScenarioState":"added","request":{"method":"POST","url":"/list"},"response":{"status":201}},
              {"scenarioName":"list","requiredScenarioState":"added","request":{"method":"GET","url":"/list"},"response":{"body":"one"}}
            ]}
            """);

        (await AskAsync("GET list")).Body.Should().Be("empty");
        (await AskAsync("POST list")).Status.Should().Be("201");
        (await AskAsync("GET list")).Body.Should().Be("one");
        (await AskAsync("POST list")).Status.Should().Be("unmatched");
    }

    [Theory]
    [InlineData("""{"request":{"urlPath":"/a","cookies":{}},"response":{}}""", "request.cookies")]
    [InlineData("""{"request":{"headers":{"X":{"equalToXml":"<a/>"}}},"response":{}}""", "request.headers.X.equalToXml")]
    [InlineData("""{"request":{"bodyPatterns":[{"contains":"a"},{"matchesJsonPath":"$.a"}]},"response":{}}""", "request.bodyPatterns[1].matchesJsonPath")]
    [InlineData("""{"request":{"headers":{"X":{}}},"response":{}}""", "request.headers.X.equalTo")]
    [InlineData("""{"request":{"url":"/a","urlPath":"/b"},"response":{}}""", "request.urlPath: 'url' is given too")]
    [InlineData("""{"request":{"urlPattern":"("},"response":{}}""", "request.urlPattern: '(' is no regular expression")]
    [InlineData("""{"request":{"bodyPatterns":[{"equalToJson":"{"}]},"response":{}}""", "request.bodyPatterns[0].equalToJson")]
    [InlineData("""{"request":{"bodyPatterns":[{"equalToJson":"\"${json-unit.any-string}\""}]},"response":{}}""", "placeholders are not served")]
    [InlineData("""{"request":{},"response":{"transformers":["response-template"]}}""", "response.transformers: templates are not served")]
    [InlineData("""{"request":{},"response":{"proxyBaseUrl":"https://api.github.com"}}""", "response.proxyBaseUrl")]
    [InlineData("""{"request":{},"response":{"delayDistribution":{}}}""", "response.delayDistribution")]
    [InlineData("""{"request":{},"response":{"fault":"FLOOD"}}""", "response.fault: 'FLOOD'")]
    [InlineData("""{"request":{},"response":{"status":"200"}}""", "response.status: a whole number was due")]
    [InlineData("""{"request":{},"response":{"status":99}}""", "response.status: 99")]
    [InlineData("""{"request":{},"response":{"body":"a","jsonBody":1}}""", "response.jsonBody: 'body' is given too")]
    [InlineData("""{"request":{},"response":{"base64Body":"*"}}""", "response.base64Body")]
    [InlineData("""{"request":{},"response":{"body":"x","headers":{"Content-Encoding":"gzip"}}}""", "response.headers.Content-Encoding")]
    [InlineData("""{"request":{},"response":{"headers":{"X":1}}}""", "response.headers.X")]
    [InlineData("""{"request":{},"response":{"bodyFileName":"../outside.txt"}}""", "response.bodyFileName: '../outside.txt' leads out of __files")]
    [InlineData("""{"request":{},"response":{"bodyFileName":"/etc/hostname"}}""", "response.bodyFileName: '/etc/hostname' is not a path below")]
    [InlineData("""{"request":{},"response":{"bodyFileName":"missing.json"}}""", "response.bodyFileName: there is no file 'missing.json'")]
    [InlineData("""{"request":{},"response":{},"postServeActions":{}}""", "postServeActions")]
    [InlineData("""{"request":{},"response":{"bodyFileName":"a\u0000b"}}""", "response.bodyFileName")]
    [InlineData("""{"request":{},"response":{"fixedDelayMilliseconds":-1}}""", "response.fixedDelayMilliseconds: -1")]
    [InlineData("""{"request":{},"response":{"headers":{"X":"a\r\nY: b"}}}""", "response.headers.X")]
    [InlineData("""{"request":{},"response":{"headers":{"X Y:":"a"}}}""", "response.headers.X Y:")]
    [InlineData("""{"request":{"method":"G T"},"response":{}}""", "request.method: 'G T'")]
    [InlineData("""{"request":{"method":""},"response":{}}""", "request.method: ''")]
    [InlineData("""{"request":{"url":"\ud800"},"response":{}}""", "half a surrogate pair")]
    [InlineData("""{"request":{"headers":{"\ud800":{"equalTo":"a"}}},"response":{}}""", "half a surrogate pair")]
    [InlineData("""{"request":[],"response":{}}""", "request: an object was due")]
    [InlineData("[1]", "an object was due")]
    [InlineData("1", "a mapping was due")]
    [InlineData("{", "not JSON")]
    public void What_is_not_served_is_refused_when_it_is_loaded(string mapping, string says)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "__files"));
        Write("outside.txt", "secret");

        var error = FluentActions.Invoking(() => Load(mapping)).Should().Throw<WireMockMappingException>().Which;

        error.Message.Should().Contain(Path.Combine("mappings", "one.json")).And.Contain(says);
        _fake.Faults.Count.Should().Be(0);
    }

    [Fact]
    public void A_mapping_is_named_and_a_link_does_not_lead_out()
    {
        Write("outside.txt", "secret");
        Directory.CreateDirectory(Path.Combine(_folder, "__files"));
        File.CreateSymbolicLink(Path.Combine(_folder, "__files", "inside.txt"), Path.Combine(_folder, "outside.txt"));

        FluentActions.Invoking(() => Load("""{"mappings":[{"request":{},"response":{}},{"name":"the tree","request":{},"response":{"bodyFileName":"inside.txt"}}]}"""))
            .Should().Throw<WireMockMappingException>().WithMessage("*one.json, mapping 2 'the tree': response.bodyFileName*link that leads out*");
    }

    [Fact]
    public void A_folder_that_is_a_link_does_not_lead_out_either()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "elsewhere"));
        Write("elsewhere/outside.txt", "secret");
        Directory.CreateDirectory(Path.Combine(_folder, "__files"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "__files", "inside"), Path.Combine(_folder, "elsewhere"));

        FluentActions.Invoking(() => Load("""{"request":{},"response":{"bodyFileName":"inside/outside.txt"}}"""))
            .Should().Throw<WireMockMappingException>().WithMessage("*response.bodyFileName*link that leads out*");
    }

    [Fact]
    public async Task A_regular_expression_that_goes_astray_ends_with_a_message()
    {
        Load("""{"request":{"bodyPatterns":[{"matches":"(a+)+b"}]},"response":{}}""");

        using var content = new StringContent(new string('a', 60));
        await _client.Awaiting(client => client.PostAsync("x", content, Http.Cancellation)).Should().ThrowAsync<UnmatchedRequestException>().WithMessage("*WireMock's ANY any address with a body*");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told() =>
        _fake.Invoking(fake => fake.Faults.AddWireMockMappings(Path.Combine(_folder, "nothing"))).Should().Throw<FileNotFoundException>();

    private void Load(string mapping)
    {
        Write("mappings/one.json", mapping);
        _fake.Faults.AddWireMockMappings(_folder);
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder, path.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Asks <c>METHOD path;Header=value;=body</c>.</summary>
    private async Task<(string Status, string Body)> AskAsync(string ask)
    {
        var parts = ask.Split(';');
        var (method, path) = parts[0].Split(' ', 2) is [var first, var second] ? (first, second) : ("GET", parts[0]);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var part in parts.Skip(1).Select(part => part.Split('=', 2)))
        {
            if (part[0].Length > 0)
            {
                request.Headers.TryAddWithoutValidation(part[0], part[1]);
            }
            else
            {
                request.Content = new StringContent(part[1], Encoding.UTF8);
            }
        }

        try
        {
            using var response = await _client.SendAsync(request, Http.Cancellation);
            return (((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture), Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(Http.Cancellation)));
        }
        catch (UnmatchedRequestException)
        {
            return ("unmatched", "");
        }
    }
}
