using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.ToolGateways.Scalekit;

/// <summary>The rows of the retry table as Scalekit's operations meet them, and the proof that what must be sent once is sent once.</summary>
public sealed class ScalekitRowTests
{
    private static readonly Dictionary<string, Func<Answer>> Failures = new(StringComparer.Ordinal)
    {
        ["500"] = () => Answers.ScalekitError(500, "Broken.", "INTERNAL_ERROR"),
        ["502"] = () => Answers.Text(502, "<html>Bad gateway</html>", "text/html"),
        ["503"] = () => Answers.ScalekitError(503, "Later."),
        ["503 with a time"] = () => Answers.ScalekitError(503, "Later.").WithHeader("Retry-After", "1"),
        ["503 of a load balancer"] = () => Answers.Text(503, "no healthy upstream"),
        ["504"] = () => Answers.ScalekitError(504, "Late."),
        ["508"] = () => Answers.ScalekitError(508, "Odd."),
        ["an unreadable 500"] = () => Answers.Json(500, "{\"code\":13,\"mess"),
        ["a reset"] = Answers.Reset,
        ["a body that breaks"] = () => Answers.Json(200, "{\"connected_account\":{\"id\":\"ca_1\"},\"data\":{}}").ResetAfter(10),
    };

    public static TheoryData<string, string> EveryFailureOfAWrite
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var failure in Failures.Keys)
            {
                data.Add("execute", failure);
                data.Add("create", failure);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EveryFailureOfAWrite))]
    public async Task What_must_not_be_done_twice_is_sent_once_and_its_fate_is_told_to_be_unknown(string operation, string failure)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.AddTool("echo", _ => FakeScalekitToolResult.Succeeded());
        var path = operation is "execute" ? ScalekitRig.ToolPath : ScalekitRig.AccountsPath;
        rig.Scalekit.When(HttpMethod.Post, path).Answer(Failures[failure]());

        var error = await ScalekitRig.FailAsync(() => operation is "execute" ? rig.ExecuteAsync() : rig.Accounts.CreateAsync(ScalekitRig.Ada, ScalekitRig.Token, cancellationToken: ScalekitRig.Cancellation));

        error.Should().BeOfType<ScmAmbiguousWriteException>().Which.Error.IsFateUnknown.Should().BeTrue();
        error.IsTransient.Should().BeFalse();
        rig.Scalekit.Count(HttpMethod.Post, path).Should().Be(1);
        rig.CountedRetries.Should().Be(0);
    }

    [Theory]
    [InlineData("execute")]
    [InlineData("create")]
    public async Task Row_8_an_attempt_at_a_write_that_stalls_is_given_up_once(string operation)
    {
        await using var rig = await ScalekitRig.StartAsync();
        var path = operation is "execute" ? ScalekitRig.ToolPath : ScalekitRig.AccountsPath;
        rig.Scalekit.When(HttpMethod.Post, path).Answer(Answers.Stall());

        var call = ScalekitRig.FailAsync(() => operation is "execute" ? rig.ExecuteAsync() : rig.Accounts.CreateAsync(ScalekitRig.Ada, cancellationToken: ScalekitRig.Cancellation));
        await rig.Scalekit.WaitForRequestsAsync(HttpMethod.Post, path, 1, ScalekitRig.Cancellation);
        rig.Time.Advance(TimeSpan.FromSeconds(31));
        if (operation is "execute")
        {
            call.IsCompleted.Should().BeFalse("a tool has 60 seconds");
            rig.Time.Advance(TimeSpan.FromSeconds(30));
        }

        var error = await call;
        error.Should().BeOfType<ScmAmbiguousWriteException>();
        error.Error.Should().BeEquivalentTo(new { Reason = ErrorReason.Timeout, Rule = "8" });
        rig.Scalekit.Count(HttpMethod.Post, path).Should().Be(1);
    }

    [Fact]
    public async Task Row_2_a_write_that_was_never_sent_is_tried_again()
    {
        await using var rig = await ScalekitRig.StartAsync();
        await using var nobody = rig.At(Infrastructure.ClosedPort.Find());

        var error = await ScalekitRig.FailAsync(() => nobody.ExecuteAsync());

        error.Should().BeOfType<ScmTransportException>("nothing was sent, so its fate is known");
        nobody.CountedRetries.Should().BeGreaterThan(0);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    [InlineData(0)]
    public async Task Row_65_storing_a_credential_is_tried_again(int status)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();
        rig.Scalekit.When(HttpMethod.Put, ScalekitRig.AccountsPath).Times(2).Answer(status is 0 ? Answers.Reset() : Answers.ScalekitError(status, "Broken.", "INTERNAL_ERROR"));

        var upsert = await rig.UpsertAsync(ScalekitRig.Token);

        upsert.Outcome.Should().Be(AccountOutcome.Updated);
        rig.Scalekit.Count(HttpMethod.Put, ScalekitRig.AccountsPath).Should().Be(3);
        rig.CountedRetries.Should().Be(2);
    }

    [Fact]
    public async Task Row_65_surfaces_as_what_it_is_when_it_goes_on()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();
        rig.Scalekit.When(HttpMethod.Put, ScalekitRig.AccountsPath).Answer(Answers.ScalekitError(500, "Broken.", "INTERNAL_ERROR"));

        var error = await ScalekitRig.FailAsync(() => rig.UpsertAsync(ScalekitRig.Token));

        error.Should().BeOfType<ScmServerException>().Which.Error.Rule.Should().Be("65");
        rig.Scalekit.Count(HttpMethod.Put, ScalekitRig.AccountsPath).Should().Be(3);
    }

    [Fact]
    public async Task Row_65_a_stall_is_tried_again()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();
        rig.Scalekit.When(HttpMethod.Put, ScalekitRig.AccountsPath).Once().Answer(Answers.Stall());

        var call = rig.UpsertAsync(ScalekitRig.Token);
        await rig.Scalekit.WaitForRequestsAsync(HttpMethod.Put, ScalekitRig.AccountsPath, 1, ScalekitRig.Cancellation);
        rig.Time.Advance(TimeSpan.FromSeconds(31));

        (await call).Outcome.Should().Be(AccountOutcome.Updated);
        rig.Scalekit.Count(HttpMethod.Put, ScalekitRig.AccountsPath).Should().Be(2);
    }

    [Theory]
    [InlineData(409)]
    [InlineData(412)]
    public async Task Row_66_another_version_is_read_and_met_once_more(int status)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();
        rig.Scalekit.When(HttpMethod.Put, ScalekitRig.AccountsPath).Once().Answer(Answers.ScalekitError(status, "Changed meanwhile."));

        (await rig.UpsertAsync(ScalekitRig.Token)).Outcome.Should().Be(AccountOutcome.Updated);

        rig.Sent.Should().Equal("GET connected_accounts/details", "PUT connected_accounts", "GET connected_accounts/details", "PUT connected_accounts");
    }

    [Theory]
    [InlineData(409, "66")]
    [InlineData(412, "66")]
    public async Task Row_66_surfaces_after_that(int status, string rule)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();
        rig.Scalekit.When(HttpMethod.Put, ScalekitRig.AccountsPath).Answer(Answers.ScalekitError(status, "Changed meanwhile."));

        var error = await ScalekitRig.FailAsync(() => rig.UpsertAsync(ScalekitRig.Token));

        error.Should().BeOfType<ScmConflictException>().Which.Error.Rule.Should().Be(rule);
        rig.Scalekit.Count(HttpMethod.Put, ScalekitRig.AccountsPath).Should().Be(2);
        (await ScalekitRig.FailAsync(() => rig.Accounts.UpdateAsync(ScalekitRig.Ada, ScalekitRig.Token, cancellationToken: ScalekitRig.Cancellation)))
            .Should().BeOfType<ScmConflictException>("a plain update is its caller's to repeat");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("LINK")]
    public async Task Row_58_what_may_be_repeated_is_while_the_gateway_is_away(string what)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();
        rig.Scalekit.When(request => request.Path is not ScalekitRig.TokenPath).Times(2).Answer(Answers.ScalekitError(503, "Later."));

        await (what switch
        {
            "GET" => (Task)rig.Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation),
            "LINK" => rig.Gateway.CreateAuthorizationLinkAsync(ScalekitRig.Ada, ScalekitRig.Cancellation),
            _ => rig.Accounts.DeleteAsync(ScalekitRig.Ada, ScalekitRig.Cancellation),
        });

        rig.Sent.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Row_57_the_gateways_own_limit_surfaces_at_once(string method)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(request => request.Path is not ScalekitRig.TokenPath).Answer(Answers.ScalekitError(429, "Slow down.", "RATE_LIMITED").WithHeader("Retry-After", "7"));

        var error = await ScalekitRig.FailAsync(() => method is "GET" ? rig.Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation) : rig.ExecuteAsync());

        error.Should().BeOfType<ScmRateLimitException>();
        error.RetryAt.Should().Be(rig.Time.GetUtcNow().AddSeconds(7));
        rig.Sent.Should().ContainSingle();
        rig.Interactions.Should().ContainSingle().Which.Should().EndWith("halted");
    }
}
