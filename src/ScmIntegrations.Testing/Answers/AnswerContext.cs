using Microsoft.AspNetCore.Http;

namespace ScmIntegrations.Testing;

/// <summary>What an answer writes to.</summary>
/// <param name="Context">The HTTP exchange.</param>
/// <param name="Time">The clock of the server.</param>
/// <param name="Real">What the fake would answer by itself.</param>
/// <param name="CancellationToken">Ends when the client leaves or the server stops.</param>
internal sealed record AnswerContext(HttpContext Context, TimeProvider Time, RealAnswer Real, CancellationToken CancellationToken)
{
    public HttpResponse Response => Context.Response;
}
