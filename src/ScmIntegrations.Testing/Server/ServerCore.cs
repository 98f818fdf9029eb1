using Microsoft.AspNetCore.Http;

namespace ScmIntegrations.Testing;

/// <summary>The way of one request through any of the fakes: log, scripted fault, the fake's own answer.</summary>
/// <param name="time">The clock of the server.</param>
/// <param name="prefix">The path that everything stands below.</param>
/// <param name="stopping">Ends when the server is disposed.</param>
internal abstract class ServerCore(TimeProvider time, string prefix, CancellationToken stopping)
{
    public RequestLog Log { get; } = new(time);

    public FaultList Faults { get; } = new();

    /// <summary>What it is called in messages.</summary>
    protected abstract string Name { get; }

    /// <summary>What it answers to by itself, for messages.</summary>
    protected abstract IEnumerable<KnownRoute> Routes { get; }

    /// <summary>Whether it was disposed; a stopped server takes no more requests.</summary>
    public bool IsStopped => stopping.IsCancellationRequested;

    public async Task ServeAsync(HttpContext context)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await ServeAsync(context, cancellation.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    /// <summary>Sets the headers that every answer bears, scripted ones too, and says how the fake would decide its own.</summary>
    protected abstract Func<Answer> Begin(HttpContext context, RecordedRequest request);

    /// <summary>A refusal in the form of the server played.</summary>
    protected abstract Answer Refuse(int status, string message);

    /// <summary>The answer to a request that there is no route for, and that shall not be a 404.</summary>
    protected Answer Unmatched(RecordedRequest request) =>
        Tell(request, new UnmatchedRequestException(UnmatchedMessage.Write(Name, prefix, request, Faults.Snapshot().Select(fault => fault.Route).OfType<KnownRoute>().Concat(Routes))));

    private async Task ServeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = await Log.AddAsync(context, prefix, cancellationToken).ConfigureAwait(false);
        context.Response.OnStarting(() =>
        {
            // The server also starts a response that nobody waits for any more; that one was not answered.
            if (!cancellationToken.IsCancellationRequested)
            {
                request.Status = context.Response.StatusCode;
            }

            return Task.CompletedTask;
        });

        var real = new RealAnswer(Begin(context, request));
        var answer = FindAnswer(request, real);
        Log.Decided(request);
        await answer.WriteAsync(new AnswerContext(context, time, real, cancellationToken)).ConfigureAwait(false);
    }

    private Answer FindAnswer(RecordedRequest request, RealAnswer real)
    {
        try
        {
            return Faults.Find(request) ?? real;
        }
        catch (UnmatchedRequestException exception)
        {
            // A mistake of the test's; a bare 500 would hide it behind retries.
            return Tell(request, exception);
        }
    }

    private UnmatchedAnswer Tell(RecordedRequest request, UnmatchedRequestException exception)
    {
        request.Trouble = exception;
        return new(exception, Refuse(UnmatchedAnswer.Status, exception.Message));
    }
}
