using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ScmIntegrations.Testing;

/// <summary>Tells the client what it asked in vain: by an exception in memory, else by an answer that nobody tries again.</summary>
/// <param name="error">What is thrown in memory.</param>
/// <param name="answer">What is said over HTTP, in the form of the server played.</param>
internal sealed class UnmatchedAnswer(Exception error, Answer answer) : Answer
{
    /// <summary>The status over HTTP. Row 46 of the retry table never tries it again, and no real GitHub gives it.</summary>
    public const int Status = StatusCodes.Status501NotImplemented;

    internal override Task WriteAsync(AnswerContext answering)
    {
        if (answering.Context.Features.Get<IHttpRequestLifetimeFeature>() is not InMemoryExchange exchange)
        {
            return answer.WriteAsync(answering);
        }

        exchange.Throw(error);
        return Task.CompletedTask;
    }
}
