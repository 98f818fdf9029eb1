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
        var answer = Faults.Find(request) ?? real;
        await answer.WriteAsync(new AnswerContext(context, time, real, cancellationToken)).ConfigureAwait(false);
    }
}
