using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.ToolGateways.Scalekit;

/// <summary>A gateway that is not what it should be: bodies that are too large or too deep, redirects, and answers that repeat what they were sent.</summary>
public sealed class ScalekitHostileTests
{
    private const string Secret = "THISMUSTNEVERPRINT";

    public static TheoryData<string, Answer, Type> Bodies => new()
    {
        { "too large", Answers.LongBody(100_000), typeof(ScmException) },
        { "a bomb", Answers.GzipBomb(1_000_000), typeof(ScmException) },
        { "too deep", Answers.DeepJson(1000), typeof(ScmException) },
        { "a page", Answers.Html200(), typeof(ScmUnreadableResponseException) },
        { "empty", Answers.EmptyBody200(), typeof(ScmUnreadableResponseException) },
        { "an account of another kind", Answers.Json(200, """{"connected_account":[]}"""), typeof(ScmUnreadableResponseException) },
        { "an account without an id", Answers.Json(200, """{"connected_account":{"identifier":"ada"}}"""), typeof(ScmUnreadableResponseException) },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_is_not_an_account_is_told_and_creates_nothing(string name, Answer answer, Type type)
    {
        await using var rig = await ScalekitRig.StartAsync(options => options.MaxResponseBytes = 10_000);
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.DetailsPath).Answer(answer);

        var error = await ScalekitRig.FailAsync(() => rig.UpsertAsync(ScalekitRig.Token));

        error.Should().BeAssignableTo(type, name);
        error.Reason.Should().BeOneOf(ErrorReason.ResponseTooLarge, ErrorReason.UnreadableResponse);
        rig.Scalekit.Accounts.Should().BeEmpty();
    }

    [Theory]
    [InlineData(307)]
    [InlineData(308)]
    [InlineData(302)]
    public async Task A_redirect_takes_no_secret_to_another_host(int status)
    {
        await using var rig = await ScalekitRig.StartAsync();
        await using var stranger = RawServer.Start(RawServer.Ok("{}"));
        rig.Scalekit.When(request => request.Path is not ScalekitRig.TokenPath).Answer(Answers.Redirect(stranger.Address.AbsoluteUri, status));

        await ScalekitRig.FailAsync(() => rig.ExecuteAsync());
        await ScalekitRig.FailAsync(() => rig.UpsertAsync(ScalekitRig.Token));
        await using var another = rig.Another();
        rig.Scalekit.Faults.Clear();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.TokenPath).Answer(Answers.Redirect(stranger.Address.AbsoluteUri, status));
        await ScalekitRig.FailAsync(() => another.ExecuteAsync());

        stranger.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task What_an_error_repeats_of_what_it_was_sent_is_not_shown(int status)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();
        rig.Scalekit.When(HttpMethod.Put, ScalekitRig.AccountsPath).Answer(Answers.Custom(async (context, cancellationToken) =>
        {
            var token = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
            context.Response.StatusCode = status;
            context.Response.Headers["X-Request-Id"] = ScalekitRig.Token.AccessToken!.Value;
            await using var writer = new StreamWriter(context.Response.Body);
            await writer.WriteAsync($$"""{"code":3,"message":"You sent {{token}} with x{{ScalekitRig.Token.AccessToken!.Value}}y and \"{{ScalekitRig.Token.RefreshToken!.Value}}\"","details":[]}""".AsMemory(), cancellationToken);
        }));

        var error = await ScalekitRig.FailAsync(() => rig.UpsertAsync(ScalekitRig.Token));

        var token = rig.Scalekit.Find(HttpMethod.Put, ScalekitRig.AccountsPath)[0].Token!;
        error.Message.Should().Contain("You sent *** with x***y and \"***\"");
        error.RequestId.Should().Be("***");
        rig.EverythingSaid.Append(error.ToString()).Append(error.Explain()).Should().NotContain(text => text.Contains(Secret, StringComparison.Ordinal) || text.Contains(token, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("k+/\"<>&key THISMUSTNEVERPRINT")]
    [InlineData("THISMUSTNEVERPRINT\nand a second line")]
    public async Task A_secret_is_known_again_in_any_spelling(string secret)
    {
        await using var rig = await ScalekitRig.StartAsync();
        var credential = new StaticSecretCredential(new Dictionary<string, SecretText>(StringComparer.Ordinal) { ["api_key"] = new(secret) });
        var body = "";
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.AccountsPath).Answer(Answers.Custom(async (context, cancellationToken) =>
        {
            // The body as it came, in a page: escaped as JSON, and escaped for a query.
            body = rig.Scalekit.Find(HttpMethod.Post, ScalekitRig.AccountsPath)[0].Body;
            context.Response.StatusCode = 400;
            await using var writer = new StreamWriter(context.Response.Body);
            await writer.WriteAsync($"Cannot read {body} or {Uri.EscapeDataString(secret)} or {secret}".AsMemory(), cancellationToken);
        }));

        var error = await ScalekitRig.FailAsync(() => rig.UpsertAsync(credential));

        body.Should().Contain(Secret);
        rig.EverythingSaid.Append(error.ToString()).Should().NotContain(text => text.Contains(Secret, StringComparison.Ordinal));
        error.Message.Should().Contain("Cannot read");
    }

    [Fact]
    public async Task Nothing_that_succeeds_prints_a_secret_either()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.AddTool("echo", _ => FakeScalekitToolResult.Succeeded());

        var upsert = await rig.UpsertAsync(ScalekitRig.Token);
        await rig.UpsertAsync(ScalekitRig.Token);
        var credential = await rig.Accounts.GetCredentialAsync(ScalekitRig.Ada, ScalekitRig.Cancellation);
        await rig.ExecuteAsync();

        rig.EverythingSaid.Append($"{upsert}").Append($"{credential}").Should().NotContain(text => text.Contains(Secret, StringComparison.Ordinal));
        rig.EverythingSaid.Should().Contain(text => text.Contains("upsert_account", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_that_stalls_is_given_up_and_asked_for_again()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.DetailsPath).Once().Answer(Answers.Real().StallAfter(10));

        var call = rig.Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation);
        await rig.Scalekit.WaitForRequestsAsync(HttpMethod.Get, ScalekitRig.DetailsPath, 1, ScalekitRig.Cancellation);
        rig.Time.Advance(TimeSpan.FromSeconds(31));

        (await call).Status.Should().Be(AccountStatus.Active);
    }

    [Fact]
    public async Task A_gateway_that_stays_away_is_left_alone_and_its_token_is_not()
    {
        await using var rig = await ScalekitRig.StartAsync(options => options.Resilience.CircuitMinimumThroughput = 2);
        rig.AddAda();
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.DetailsPath).Answer(Answers.ScalekitError(503, "Later."));

        for (var call = 0; call < 3; call++)
        {
            await ScalekitRig.FailAsync(() => rig.Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation));
        }

        (await ScalekitRig.FailAsync(() => rig.Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation))).Should().BeOfType<ScmCircuitOpenException>();
        rig.Scalekit.Faults.Clear();
        rig.Time.Advance(TimeSpan.FromSeconds(16));
        (await rig.Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation)).Id.Should().NotBeEmpty();
    }
}
