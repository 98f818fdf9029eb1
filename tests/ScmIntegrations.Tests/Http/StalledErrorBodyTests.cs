using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Http;

/// <summary>The status has said the main thing before the body of an error stalls.</summary>
public sealed class StalledErrorBodyTests
{
    [Fact]
    public async Task A_limit_whose_body_stalls_is_a_limit_all_the_same()
    {
        var headers = new HeadersReceived();
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.Time = new ManualTimeProvider();
            setup.HttpClient = client => client.AddHttpMessageHandler(() => headers);
        });
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(5), 429).StallAfter(5));

        var call = fixture.GetApiAsync();
        await headers.Received.Task.WaitAsync(TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(30));

        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<ScmRateLimitException>()).Which.RetryAt.Should().NotBeNull();
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    private sealed class HeadersReceived : DelegatingHandler
    {
        public TaskCompletionSource Received { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            Received.TrySetResult();
            return response;
        }
    }
}
