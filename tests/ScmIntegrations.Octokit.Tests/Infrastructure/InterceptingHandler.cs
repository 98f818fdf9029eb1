namespace ScmIntegrations.Octokit.Tests.Infrastructure;

/// <summary>Stands in for the socket where a test makes thousands of calls.</summary>
internal sealed class InterceptingHandler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => send(request, cancellationToken);
}
