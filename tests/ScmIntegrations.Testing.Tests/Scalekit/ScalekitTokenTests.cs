namespace ScmIntegrations.Testing.Tests.Scalekit;

/// <summary>Machine tokens: how they are got, and how they end.</summary>
public sealed class ScalekitTokenTests
{
    [Fact]
    public async Task A_client_gets_a_token_for_its_credentials()
    {
        await using var one = await ScalekitFixture.StartAsync();
        one.Scalekit.AddClient("skc_1", "s&cr=t+");

        var (status, body) = await TokenAsync(one, ("grant_type", "client_credentials"), ("client_id", "skc_1"), ("client_secret", "s&cr=t+"));

        status.Should().Be(200);
        body.GetProperty("token_type").GetString().Should().Be("Bearer");
        body.GetProperty("expires_in").GetInt64().Should().Be(86_399);
        one.Client.DefaultRequestHeaders.Authorization = new("Bearer", body.GetProperty("access_token").GetString());
        (await one.GetAsync(ScalekitFixture.Accounts)).Status.Should().Be(200);
        one.Scalekit.IssuedTokens.Should().Be(2, "the fixture has one of its own");
    }

    [Theory]
    [InlineData("client_credentials", "skc_1", "wrong", 401, "invalid_client")]
    [InlineData("client_credentials", "skc_2", "secret", 401, "invalid_client")]
    [InlineData("password", "skc_1", "secret", 400, "unsupported_grant_type")]
    public async Task Anything_else_is_refused(string grant, string id, string secret, int status, string error)
    {
        await using var one = await ScalekitFixture.StartAsync();
        one.Scalekit.AddClient("skc_1", "secret");

        var refused = await TokenAsync(one, ("grant_type", grant), ("client_id", id), ("client_secret", secret));

        (refused.Status, refused.Body.GetProperty("error").GetString()).Should().Be((status, error));
    }

    [Fact]
    public async Task Without_a_token_the_published_error_is_answered()
    {
        await using var one = await ScalekitFixture.StartAsync();
        one.Client.DefaultRequestHeaders.Authorization = null;

        var (status, body) = await one.GetAsync(ScalekitFixture.Accounts);

        (status, body.GetProperty("code").GetInt32(), body.Message(), ScalekitFixture.Code(body)).Should().Be((401, 16, "Token empty", "UNAUTHENTICATED"));
    }

    [Fact]
    public async Task A_token_ends_by_the_clock_or_when_it_is_revoked()
    {
        var time = new ManualTimeProvider();
        await using var one = await ScalekitFixture.StartAsync(options => options.TimeProvider = time);

        (await one.GetAsync(ScalekitFixture.Accounts)).Status.Should().Be(200);
        time.Advance(TimeSpan.FromSeconds(86_399));
        (await one.GetAsync(ScalekitFixture.Accounts)).Status.Should().Be(401);

        var token = one.Scalekit.IssueToken();
        one.Client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        (await one.GetAsync(ScalekitFixture.Accounts)).Status.Should().Be(200);
        one.Scalekit.RevokeToken(token);
        (await one.GetAsync(ScalekitFixture.Accounts)).Status.Should().Be(401);

        one.Client.DefaultRequestHeaders.Authorization = new("Bearer", one.Scalekit.IssueToken());
        one.Scalekit.RevokeAllTokens();
        (await one.GetAsync(ScalekitFixture.Accounts)).Status.Should().Be(401);
    }

    [Fact]
    public async Task It_can_be_reached_in_memory()
    {
        await using var scalekit = FakeScalekit.InMemory();
        using var client = scalekit.CreateClient(scalekit.IssueToken());

        (await client.GetJsonAsync("api/v1/connected_accounts")).GetProperty("total_size").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task Faults_and_the_log_are_those_of_every_fake()
    {
        await using var one = await ScalekitFixture.StartAsync();
        one.Scalekit.When(HttpMethod.Get, ScalekitFixture.Accounts).Once().Answer(Answers.ScalekitError(429, "Slow down.", "RATE_LIMITED").WithHeader("Retry-After", "7"));

        var (status, body) = await one.GetAsync(ScalekitFixture.Accounts);

        (status, body.GetProperty("code").GetInt32(), ScalekitFixture.Code(body)).Should().Be((429, 8, "RATE_LIMITED"));
        (await one.GetAsync(ScalekitFixture.Accounts)).Status.Should().Be(200);
        one.Scalekit.Count(HttpMethod.Get, ScalekitFixture.Accounts).Should().Be(2);
        (await one.GetAsync("/api/v1/nothing")).Status.Should().Be(501);
        one.Scalekit.UnmatchedRequests.Should().ContainSingle().Which.Path.Should().Be("/api/v1/nothing");
    }

    private static async Task<(int Status, System.Text.Json.JsonElement Body)> TokenAsync(ScalekitFixture one, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await one.Client.PostAsync(new Uri("/oauth/token", UriKind.Relative), content, Http.Cancellation);
        return ((int)response.StatusCode, await response.ReadJsonAsync());
    }
}
