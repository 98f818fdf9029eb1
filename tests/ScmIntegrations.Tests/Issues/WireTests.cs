using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Issues;

/// <summary>What happens below our own line.</summary>
public sealed class WireTests
{
    [Fact]
    public async Task A_connection_that_closes_without_an_answer_is_tried_three_times_and_not_twelve()
    {
        await using var server = RawServer.Start(request =>
        {
            request.Close();
            return Task.CompletedTask;
        });
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.ApiAddress = server.Address;
            setup.Client = options => options.Resilience.BackoffBase = TimeSpan.Zero;
        });

        await fixture.Awaiting(one => one.Client.GetRepositoryAsync(new("acme/api"), TestContext.Current.CancellationToken)).Should().ThrowAsync<ScmTransportException>();

        server.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task Plain_http_goes_past_any_proxy()
    {
        await using var fixture = await ClientFixture.StartAsync();

        Socket(fixture).UseProxy.Should().BeFalse("a proxy would read the credential");
    }

    [Fact]
    public async Task Https_may_be_tunnelled()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.ApiAddress = new Uri("https://api.github.com"));

        Socket(fixture).UseProxy.Should().BeTrue();
    }

    [Fact]
    public async Task A_token_that_ended_long_ago_is_used_once_and_minted_again()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.AsInstallation = true);
        fixture.GitHub.AddToken("ghs_ended", "acme");
        fixture.GitHub.When(HttpMethod.Post, "/app/installations/{id}/access_tokens")
            .Answer(Answers.Json(201, """{"token":"ghs_ended","expires_at":"0001-01-01T00:00:00Z"}"""));

        for (var call = 0; call < 2; call++)
        {
            await fixture.Client.GetRateLimitAsync(TestContext.Current.CancellationToken);
        }

        fixture.GitHub.Count(HttpMethod.Post, "/app/installations/{id}/access_tokens").Should().Be(2);
    }

    private static SocketsHttpHandler Socket(ClientFixture fixture)
    {
        var handler = fixture.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("ScmIntegrations.GitHub");
        while (handler is DelegatingHandler { InnerHandler: { } inner })
        {
            handler = inner;
        }

        return handler.Should().BeOfType<SocketsHttpHandler>().Subject;
    }
}
