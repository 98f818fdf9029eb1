using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ScmIntegrations.Testing;

/// <summary>One request and its answer, between a client and the server in the same process.</summary>
internal sealed class InMemoryExchange : IHttpRequestLifetimeFeature
{
    // Asynchronous, so that neither side runs on the other's thread.
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly InMemoryAnswer _answer;
    private readonly DefaultHttpContext _context;

    public InMemoryExchange(HttpRequestFeature request)
    {
        _answer = new InMemoryAnswer(hasBody: request.Method is not "HEAD", () => _started.TrySetResult());
        _context = new DefaultHttpContext(new FeatureCollection());
        _context.Features.Set<IHttpRequestFeature>(request);
        _context.Features.Set<IHttpResponseFeature>(_answer);
        _context.Features.Set<IHttpResponseBodyFeature>(_answer.BodyFeature);
        _context.Features.Set<IHttpRequestLifetimeFeature>(this);
        RequestAborted = Aborted.Token;
    }

    /// <summary>Completes with the headers of the answer, or with what the client is to be told instead.</summary>
    public Task Started => _started.Task;

    public CancellationToken RequestAborted { get; set; }

    // Not disposed: it holds neither timer nor parent, and either side may be the last to look.
    private CancellationTokenSource Aborted { get; } = new();

    public async Task ServeAsync(RequestDelegate serve)
    {
        try
        {
            await serve(_context).ConfigureAwait(false);
            if (!Aborted.IsCancellationRequested)
            {
                await _answer.CompleteAsync().ConfigureAwait(false);
            }
        }
        catch (Exception) when (!Aborted.IsCancellationRequested)
        {
            // As a web server does: an answer that has not begun becomes a bare 500, one that has breaks off.
            _answer.Fail();
        }
        catch (Exception)
        {
            // Nobody is there to be told.
        }
    }

    /// <summary>The server resets the connection.</summary>
    public void Abort()
    {
        EndRequest();
        _answer.Break(InMemoryErrors.Reset);
        _started.TrySetException(InMemoryErrors.ResetBeforeAnswer());

        // Looking at the exception marks it as observed: a client that has left does not.
        _ = _started.Task.Exception;
    }

    /// <summary>The client meets this exception instead of an answer.</summary>
    public void Throw(Exception error)
    {
        EndRequest();
        _started.TrySetException(error);
        _ = _started.Task.Exception;
    }

    /// <summary>The client hangs up; what the server still writes goes nowhere.</summary>
    public void Leave()
    {
        EndRequest();
        _answer.Reader.Complete();
    }

    public HttpResponseMessage CreateResponse(HttpRequestMessage request) =>
        InMemoryResponse.Create(_answer, request, new InMemoryBody(_answer, Leave));

    /// <summary>On another thread: whoever hangs up must not sit through what the server does about it.</summary>
    private void EndRequest() => _ = Aborted.CancelAsync();
}
