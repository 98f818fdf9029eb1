using Microsoft.AspNetCore.Diagnostics;
using ScmIntegrations.Errors;

namespace AgentDesk.Security;

/// <summary>What the library throws is written for people and holds no secret, so the page may show it. Everything else stays an unnamed 500.</summary>
internal sealed class ScmExceptionHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not ScmException)
        {
            return false;
        }

        await Results.Problem(exception.Message, statusCode: StatusCodes.Status502BadGateway).ExecuteAsync(httpContext);
        return true;
    }
}
