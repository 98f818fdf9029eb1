using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience;

/// <summary>What breaks before and after a request is on its way.</summary>
public sealed class ConnectionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_write_on_a_kept_connection_that_breaks_is_not_sent_twice(bool inGoodOrder)
    {
        await using var server = RawServer.Start(async request =>
        {
            if (request.Text.StartsWith("GET", StringComparison.Ordinal))
            {
                await request.WriteAsync(RawServer.Ok("{}"));
            }
            else if (inGoodOrder)
            {
                request.Close();
            }
            else
            {
                request.Reset();
            }
        });
        await using var fixture = await ClientFixture.StartAsync(setup => setup.ApiAddress = server.Address);
        await fixture.SendAsync(HttpMethod.Get);

        await FluentActions.Awaiting(() => fixture.SendAsync(HttpMethod.Post)).Should().ThrowAsync<ScmAmbiguousWriteException>().WithInnerException(typeof(ScmTransportException));

        server.Requests.Where(request => request.StartsWith("POST", StringComparison.Ordinal)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_connection_that_takes_too_long_is_a_transport_error_and_tried_again()
    {
        var connects = 0;
        await using var fixture = await ClientFixture.StartAsync(setup => setup.HttpClient = http => http.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(20),
            ConnectCallback = async (_, cancellationToken) =>
            {
                Interlocked.Increment(ref connects);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                return Stream.Null;
            },
        }));

        var call = () => fixture.SendAsync(HttpMethod.Post);

        var error = (await call.Should().ThrowAsync<ScmTransportException>()).Which;
        error.Origin.Should().Be(ErrorOrigin.Transport);
        error.InnerException.Should().NotBeNull();
        connects.Should().Be(3, "nothing was sent, so even a write is tried again");
    }

    [Fact]
    public async Task A_host_without_an_address_is_a_transport_error()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.ApiAddress = new Uri("https://host.invalid/"));

        var call = fixture.GetApiAsync;

        await call.Should().ThrowAsync<ScmTransportException>();
    }

    [Fact]
    public async Task A_handshake_that_breaks_is_tried_again_even_for_a_write()
    {
        await using var server = TlsServer.StartHangingUp();
        await using var fixture = await ClientFixture.StartAsync(setup => setup.ApiAddress = server.Address);

        var call = () => fixture.SendAsync(HttpMethod.Post);

        await call.Should().ThrowAsync<ScmTransportException>();
        server.Handshakes.Should().Be(3);
    }

    [Fact]
    public async Task A_write_that_times_out_is_not_sent_twice()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
        fixture.GitHub.WhenAnything().Answer(Answers.Stall());

        var call = fixture.SendWithBodyAsync(HttpMethod.Post);
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(30));

        await FluentActions.Awaiting(() => call).Should().ThrowAsync<ScmAmbiguousWriteException>().WithInnerException(typeof(ScmTimeoutException));
        fixture.GitHub.Requests.Should().ContainSingle();
    }
}
