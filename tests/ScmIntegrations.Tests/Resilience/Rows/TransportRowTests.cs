using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience.Rows;

/// <summary>Nobody answered, or not in time, or not to the end.</summary>
public sealed class TransportRowTests
{
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Row_1_a_name_that_is_not_found_is_tried_once_more(string method)
    {
        var lookUps = 0;
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.HttpClient = http => NameNotFound(http, SocketError.TryAgain, () => Interlocked.Increment(ref lookUps));
            setup.Client = options => options.Resilience.MaxAttempts = 5;
        });

        var error = await RowCall.FailAsync(() => fixture.SendAsync(new HttpMethod(method)));

        error.ShouldSurface<ScmTransportException>(fixture, "1", requests: 0, halts: false);
        lookUps.Should().Be(2);
    }

    [Fact]
    public async Task Row_1a_a_custom_host_that_does_not_exist_is_a_wrong_address()
    {
        var lookUps = 0;
        await using var fixture = await ClientFixture.StartAsync(setup => setup.HttpClient = http => NameNotFound(http, SocketError.HostNotFound, () => Interlocked.Increment(ref lookUps)));

        var error = await RowCall.FailAsync(fixture.GetApiAsync);

        error.ShouldSurface<ScmTransportException>(fixture, "1a", requests: 0, halts: false);
        lookUps.Should().Be(1);
    }

    [Fact]
    public async Task Row_1_of_GitHubs_own_host_is_tried_once_more_even_if_it_is_said_not_to_exist()
    {
        var lookUps = 0;
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.ApiAddress = new Uri("https://api.github.com/");
            setup.HttpClient = http => NameNotFound(http, SocketError.HostNotFound, () => Interlocked.Increment(ref lookUps));
        });

        (await RowCall.FailAsync(fixture.GetApiAsync)).Error.Rule.Should().Be("1");
        lookUps.Should().Be(2);
    }

    [Fact]
    public async Task Row_2_a_refused_connection_is_tried_again_by_every_class()
    {
        foreach (var method in RowCall.Any)
        {
            var connects = 0;
            await using var fixture = await ClientFixture.StartAsync(setup =>
            {
                setup.ApiAddress = ClosedPort.Find();
                setup.HttpClient = http => ClosedPort.Count(http, () => Interlocked.Increment(ref connects));
            });

            var error = await RowCall.FailAsync(() => fixture.SendAsync(new HttpMethod(method)));

            error.ShouldSurface<ScmTransportException>(fixture, "2", requests: 0, halts: false);
            connects.Should().Be(3);
            fixture.CountedRetries.Should().Be(2);
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Row_3_a_certificate_that_nobody_trusts_is_never_tried_again(string method)
    {
        await using var server = TlsServer.Start();
        await using var fixture = await ClientFixture.StartAsync(setup => setup.ApiAddress = server.Address);

        var error = await RowCall.FailAsync(() => fixture.SendAsync(new HttpMethod(method)));

        error.ShouldSurface<ScmTlsException>(fixture, "3", requests: 0, halts: false);
        error.Reason.Should().Be(ErrorReason.TlsRefused);
        server.Handshakes.Should().Be(1);
        fixture.Reporter.Reports.Should().ContainSingle().Which.Reason.Should().Be("tls_refused");
    }

    [Fact]
    public Task Row_4_a_reset_before_the_answer_is_tried_again() =>
        RowCall.EachAsync(RowCall.Repeatable, _ => RowCall.OverAsync(Answers.Reset()), (fixture, error) =>
            error.ShouldSurface<ScmTransportException>(fixture, "4", requests: 3, halts: false));

    [Fact]
    public Task Row_5_a_reset_after_a_write_was_sent_leaves_its_fate_unknown() =>
        RowCall.EachAsync(RowCall.Writes, _ => RowCall.OverAsync(Answers.Reset()), (fixture, error) =>
        {
            error.ShouldSurface<ScmAmbiguousWriteException>(fixture, "5", requests: 1, halts: false);
            error.Error.IsFateUnknown.Should().BeTrue();
            error.IsTransient.Should().BeFalse("what may have been done must not be done again");
            error.Reason.Should().Be(ErrorReason.Transport);
            error.InnerException.Should().BeOfType<ScmTransportException>();
        });

    [Theory]
    [InlineData("GET", 2, "6")]
    [InlineData("PUT", 2, "6")]
    [InlineData("POST", 1, "5")]
    public async Task Row_6_a_body_that_breaks_off_is_tried_once_more(string method, int requests, string row)
    {
        await using var fixture = await RowCall.OverAsync(Answers.Json(200, """{"long":"enough to be cut"}""").ResetAfter(5), setup => setup.Client = options => options.Resilience.MaxAttempts = 5);

        var error = await RowCall.FailAsync(() => fixture.SendAsync(new HttpMethod(method)));

        error.Reason.Should().Be(ErrorReason.Transport);
        error.Error.Rule.Should().Be(row);
        fixture.GitHub.Requests.Should().HaveCount(requests);
    }

    [Fact]
    public async Task Row_6a_a_refusal_whose_words_broke_off_is_asked_once_more()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", null);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Once().Answer(Answers.EmptyRepository().ResetAfter(5));

        (await RowCall.FailAsync(() => fixture.Client.GetTreeAsync(Requests.Api, "main", TestContext.Current.CancellationToken)))
            .Should().BeOfType<ScmEmptyRepositoryException>("any other 409 is a conflict");

        fixture.TreeRequests.Should().Be(2);
    }

    [Fact]
    public Task Row_6a_surfaces_by_its_status_when_it_breaks_again_and_at_once_for_a_write() =>
        RowCall.EachAsync(["GET", "PUT", "POST"], _ => RowCall.OverAsync(Answers.EmptyRepository().ResetAfter(5)), (fixture, error) =>
        {
            error.Should().BeOfType<ScmConflictException>();
            var isWrite = fixture.GitHub.Requests[0].Method == HttpMethod.Post;
            error.Error.Rule.Should().Be(isWrite ? "36" : "6a");
            fixture.GitHub.Requests.Should().HaveCount(isWrite ? 1 : 2);
        });

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task Row_7_an_attempt_that_times_out_is_tried_again(string method)
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
        fixture.GitHub.WhenAnything().Once().Answer(Answers.Stall());
        fixture.GitHub.WhenAnything().Answer(Answers.Text(204));

        var call = fixture.SendAsync(new HttpMethod(method));
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(30));

        await call;
        fixture.GitHub.Requests.Should().HaveCount(2);
        RetryTable.Find(OperationClass.Read, RetryCondition.None, ErrorReason.Timeout, ErrorOrigin.Transport).Should().Match<RetryRow>(row => row.Number == "7" && row.CountsInCircuit);
    }

    [Fact]
    public async Task Row_8_an_attempt_at_a_write_that_times_out_leaves_its_fate_unknown()
    {
        await using var fixture = await RowCall.OverAsync(Answers.Stall(), setup => setup.Time = new ManualTimeProvider());

        var call = fixture.SendWithBodyAsync(HttpMethod.Post);
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(30));

        var error = await RowCall.FailAsync(() => call);
        error.ShouldSurface<ScmAmbiguousWriteException>(fixture, "8", requests: 1, halts: false);
        error.Reason.Should().Be(ErrorReason.Timeout);
    }

    [Theory]
    [InlineData("GET", "9", typeof(ScmTimeoutException))]
    [InlineData("POST", "9a", typeof(ScmAmbiguousWriteException))]
    public async Task Row_9_the_deadline_ends_the_call_whatever_is_under_way(string method, string row, Type exception)
    {
        await using var fixture = await RowCall.OverAsync(Answers.Stall(), setup =>
        {
            setup.Time = new ManualTimeProvider();
            setup.Client = options => options.Resilience.Deadline = TimeSpan.FromSeconds(20);
        });

        var call = fixture.SendAsync(new HttpMethod(method));
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(20));

        var error = await RowCall.FailAsync(() => call);
        error.Should().BeOfType(exception);
        error.Error.Rule.Should().Be(row);
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Row_9a_a_deadline_while_the_token_is_minted_has_sent_no_write()
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            (setup.AsInstallation, setup.Time) = (true, new ManualTimeProvider());
            setup.Client = options => options.Resilience.Deadline = TimeSpan.FromSeconds(20);
        });
        fixture.GitHub.When(HttpMethod.Post, RowCall.Mint).Answer(Answers.Stall());

        var call = fixture.SendAsync(HttpMethod.Post);
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(20));

        (await RowCall.FailAsync(() => call)).Should().BeOfType<ScmTimeoutException>();
    }

    [Theory]
    [InlineData(408)]
    [InlineData(421)]
    public async Task Row_39_408_and_421_are_tried_once_more(int status) =>
        await RowCall.EachAsync(
            RowCall.Repeatable,
            _ => RowCall.OverAsync(Answers.Text(status), setup => setup.Client = options => options.Resilience.MaxAttempts = 5),
            (fixture, error) => error.ShouldSurface<ScmTransportException>(fixture, "39", requests: 2, halts: false));

    [Theory]
    [InlineData(408)]
    [InlineData(421)]
    public async Task Row_39a_408_and_421_to_a_write_surface(int status) =>
        await RowCall.EachAsync(RowCall.Writes, _ => RowCall.OverAsync(Answers.Text(status)), (fixture, error) =>
            error.ShouldSurface<ScmTransportException>(fixture, "39a", requests: 1, halts: false));

    private static void NameNotFound(IHttpClientBuilder http, SocketError code, Action count) => http.ConfigurePrimaryHttpMessageHandler(() => new NoName(code, count));

    // As the socket handler reports it.
    private sealed class NoName(SocketError code, Action count) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            count();
            throw new HttpRequestException(HttpRequestError.NameResolutionError, "Name or service not known", new SocketException((int)code));
        }
    }
}
