using System.Text.RegularExpressions;
using ScmIntegrations.Errors;
using ScmIntegrations.Resilience;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience;

/// <summary>Every row of the retry table, met over HTTP; each test bears its row's name.</summary>
public sealed partial class RetryRowTests
{
    private static readonly OperationClass[] Classes =
        [OperationClass.Read, OperationClass.IdempotentWrite, OperationClass.Write, OperationClass.TokenMint];

    [Fact]
    public void Every_row_has_a_test_of_its_name()
    {
        var tests = typeof(RetryRowTests).GetMethods().Select(method => method.Name).ToList();

        RetryTable.Rows.Select(row => "Row_" + NoLetters().Replace(row.Name, "_")).Should().OnlyHaveUniqueItems().And.BeSubsetOf(tests);
    }

    [Fact]
    public void The_table_is_total()
    {
        foreach (var operation in Classes)
        {
            foreach (var reason in Enum.GetValues<ErrorReason>())
            {
                for (var conditions = 0; conditions < 64; conditions++)
                {
                    RetryTable.Find(operation, (RetryCondition)conditions, reason).Should().NotBeNull();
                }
            }
        }
    }

    [Fact]
    public void A_write_is_repeated_only_where_it_has_not_been_carried_out()
    {
        var repeating = RetryTable.Rows.Where(row => row.Classes.HasFlag(OperationClass.Write) && row.Wait is not RetryWait.Never);

        repeating.Select(row => row.Name).Should().BeEquivalentTo("credential timed out", "401, renewable credential", "not sent");
    }

    [Fact]
    public void A_row_without_a_wait_has_one_attempt() =>
        RetryTable.Rows.Should().OnlyContain(row => (row.Wait == RetryWait.Never) == (row.Attempts == 1));

    [Fact]
    public async Task Row_credential_timed_out()
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            (setup.AsInstallation, setup.Time) = (true, new ManualTimeProvider());
            setup.Client = options => options.Resilience.BackoffBase = TimeSpan.Zero;
        });
        fixture.GitHub.When(HttpMethod.Post, "/app/installations/7/access_tokens").Once().Answer(Answers.Stall());
        var call = fixture.GetApiAsync();
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);

        fixture.Time.Advance(TimeSpan.FromSeconds(31));

        await call;
        fixture.GitHub.Requests.Should().HaveCount(3, "a mint that stalls once is asked again, and then the call is sent");
    }

    [Fact]
    public async Task Row_credential_unavailable()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.AsInstallation = true);
        fixture.GitHub.When(HttpMethod.Post, "/app/installations/7/access_tokens").Answer(Answers.ServerError());

        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmServerException>();

        fixture.GitHub.Requests.Should().HaveCount(3, "the mint has its own retries, and the call adds none").And.OnlyContain(request => request.Method == HttpMethod.Post);
    }

    [Fact]
    public async Task Row_401_renewable_credential()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.AsInstallation = true);
        fixture.GitHub.When(HttpMethod.Post, "/things").AnswerInTurn(Answers.BadCredentials(), Answers.Text(204));

        await fixture.SendAsync(HttpMethod.Post);

        fixture.GitHub.Count(HttpMethod.Post, "/things").Should().Be(2, "a 401 has not been carried out, so even a write is sent again");
        fixture.GitHub.Count(HttpMethod.Post, "/app/installations/7/access_tokens").Should().Be(2);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Row_TLS_refused(string method)
    {
        await using var server = TlsServer.Start();
        await using var fixture = await ClientFixture.StartAsync(setup => setup.ApiAddress = server.Address);

        var call = () => fixture.SendAsync(new HttpMethod(method));

        await call.Should().ThrowAsync<ScmTransportException>();
        server.Handshakes.Should().Be(1, "the certificate will be as bad the second time");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task Row_not_sent(string method)
    {
        var connects = 0;
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.ApiAddress = ClosedPort.Find();
            setup.HttpClient = http => ClosedPort.Count(http, () => Interlocked.Increment(ref connects));
        });

        var call = () => fixture.SendAsync(new HttpMethod(method));

        (await call.Should().ThrowAsync<ScmTransportException>()).Which.Status.Should().BeNull();
        connects.Should().Be(3);
        fixture.CountedRetries.Should().Be(2);
        fixture.CountedOutcomes.Should().Equal("started", "failure");
    }

    [Theory]
    [InlineData(501)]
    [InlineData(505)]
    public async Task Row_server_cannot(int status)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError(status));

        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmServerException>();

        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("GET", 500)]
    [InlineData("GET", 502)]
    [InlineData("GET", 503)]
    [InlineData("GET", 504)]
    [InlineData("HEAD", 502)]
    [InlineData("PUT", 500)]
    [InlineData("DELETE", 503)]
    public async Task Row_server_error(string method, int status)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError(status));

        var call = () => fixture.SendAsync(new HttpMethod(method));

        ((int?)(await call.Should().ThrowAsync<ScmServerException>()).Which.Status).Should().Be(status);
        fixture.GitHub.Requests.Should().HaveCount(3);
        fixture.CountedRetries.Should().Be(2);
        fixture.CountedOutcomes.Should().Equal("started", "failure");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Row_connection_broken(string method)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Times(2).Answer(Answers.Reset());
        fixture.GitHub.WhenAnything().Answer(Answers.Text(204));

        await fixture.SendAsync(new HttpMethod(method));

        fixture.GitHub.Requests.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task Row_attempt_timed_out(string method)
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
        fixture.GitHub.WhenAnything().Once().Answer(Answers.Stall());
        fixture.GitHub.WhenAnything().Answer(Answers.Text(204));

        var call = fixture.SendAsync(new HttpMethod(method));
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(30));

        await call;
        fixture.GitHub.Requests.Should().HaveCount(2);
        RetryTable.Find(OperationClass.TokenMint, RetryCondition.None, ErrorReason.Timeout).Name.Should().Be("attempt timed out");
    }

    [Fact]
    public async Task Row_unreadable_body()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.Resilience.MaxAttempts = 10);
        fixture.GitHub.WhenAnything().Answer(Answers.Html200());

        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmUnreadableResponseException>();

        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task Row_server_or_transport_not_repeatable(string method)
    {
        foreach (var answer in new[] { Answers.ServerError(500), Answers.ServerError(502), Answers.ServerError(503).WithHeader("Retry-After", "1"), Answers.ServerError(504), Answers.Reset() })
        {
            await using var fixture = await ClientFixture.StartAsync();
            fixture.GitHub.WhenAnything().Answer(answer);

            await FluentActions.Awaiting(() => fixture.SendWithBodyAsync(new HttpMethod(method))).Should().ThrowAsync<ScmException>();

            fixture.GitHub.Requests.Should().ContainSingle();
            fixture.CountedOutcomes.Should().Equal("started", "failure");
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(410)]
    [InlineData(412)]
    [InlineData(422)]
    [InlineData(429)]
    [InlineData(451)]
    public async Task Row_anything_else(int status)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.GitHubError(status, "No."));

        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmException>();

        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoLetters();
}
