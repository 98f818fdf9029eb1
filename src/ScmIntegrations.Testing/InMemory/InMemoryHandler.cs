namespace ScmIntegrations.Testing;

/// <summary>Takes the place of the socket: a request becomes an exchange with the server in this process.</summary>
internal sealed class InMemoryHandler(ServerCore server) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (server.IsStopped)
        {
            throw InMemoryErrors.Refused();
        }

        var exchange = new InMemoryExchange(await InMemoryRequest.CreateAsync(request, cancellationToken).ConfigureAwait(false));

        // Nothing of the caller reaches the server, as over a wire: neither its async-local values nor its thread.
        ThreadPool.UnsafeQueueUserWorkItem(_ => _ = exchange.ServeAsync(server.ServeAsync), state: null);
        try
        {
            await exchange.Started.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            exchange.Leave();
            throw;
        }

        return exchange.CreateResponse(request);
    }
}
