using System.Net;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Http;

/// <summary>
/// Lets requests go to one origin and nowhere else, and follows redirects within it.
/// The socket handler's own redirects are off, because they would take the credential to another port.
/// </summary>
internal sealed class OriginGuardHandler(Uri origin) : DelegatingHandler
{
    private const int MaxRedirects = 5;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Require(request.RequestUri!, "a request");
        for (var hop = 0; ; hop++)
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (hop == MaxRedirects
                || !MayFollow(request.Method, response)
                || !Uri.TryCreate(request.RequestUri, response.Headers.Location, out var target))
            {
                return response;
            }

            response.Dispose();
            Require(target, "a redirect");
            request.RequestUri = target;
        }
    }

    /// <summary>A write is sent again only where the status says that method and body are kept (307, 308).</summary>
    private static bool MayFollow(HttpMethod method, HttpResponseMessage response) =>
        response.Headers.Location is not null
        && response.StatusCode switch
        {
            HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect => true,
            HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther =>
                method == HttpMethod.Get || method == HttpMethod.Head,
            _ => false,
        };

    private void Require(Uri target, string what)
    {
        if (!target.IsSameOrigin(origin))
        {
            throw ScmException.From(new ScmError
            {
                Reason = ErrorReason.OriginBlocked,
                Origin = ErrorOrigin.Client,
                Message = $"Not sent: {what} leads to {Origin.Describe(target)}, and the credential belongs to {Origin.Describe(origin)} alone.",
            });
        }
    }
}
