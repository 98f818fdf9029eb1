namespace ScmIntegrations.CodingAgents.Transport;

/// <summary>Puts the service's credential on a request. It stands outside the guard, which lets the request go to one origin alone.</summary>
internal sealed class AgentCredentialHandler(AgentService service) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove(service.Credential.Name);
        request.Headers.TryAddWithoutValidation(service.Credential.Name, service.Credential.Value);
        return base.SendAsync(request, cancellationToken);
    }
}
