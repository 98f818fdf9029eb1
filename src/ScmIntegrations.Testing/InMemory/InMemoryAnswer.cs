using System.IO.Pipelines;

using Microsoft.AspNetCore.Http.Features;

namespace ScmIntegrations.Testing;

/// <summary>An answer under way: its headers until they are sent, then the pipe its body goes through.</summary>
internal sealed class InMemoryAnswer : HttpResponseFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _starting = new();
    private readonly Pipe _pipe = new();
    private readonly Action _whenStarted;
    private readonly bool _hasBody;
    private Func<IOException>? _broken;
    private int _hasStarted;

    public InMemoryAnswer(bool hasBody, Action whenStarted)
    {
        _hasBody = hasBody;
        _whenStarted = whenStarted;
        BodyFeature = new InMemoryBodyFeature(this, _pipe.Writer);
    }

    public InMemoryBodyFeature BodyFeature { get; }

    public PipeReader Reader => _pipe.Reader;

    public override bool HasStarted => Volatile.Read(ref _hasStarted) != 0;

    /// <summary>Whether the answer may have a body at all; what is written to another is dropped.</summary>
    public bool CarriesBody => _hasBody && StatusCode is not (204 or 304);

    /// <summary>What a reader meets at the end of the bytes; <see langword="null"/> when the body is whole.</summary>
    public IOException? Broken() => Volatile.Read(ref _broken)?.Invoke();

    public override void OnStarting(Func<object, Task> callback, object state) => _starting.Push((callback, state));

    /// <summary>Sends the headers. The last callback runs first, as in every server.</summary>
    public async Task StartAsync()
    {
        if (HasStarted)
        {
            return;
        }

        while (_starting.TryPop(out var next))
        {
            await next.Callback(next.State).ConfigureAwait(false);
        }

        Start(isChunked: CarriesBody && Headers.ContentLength is null);
    }

    public async Task CompleteAsync()
    {
        if (!HasStarted && CarriesBody)
        {
            Headers.ContentLength ??= 0;
        }

        await StartAsync().ConfigureAwait(false);
        if (CarriesBody && Headers.ContentLength > BodyFeature.Written)
        {
            Break(InMemoryErrors.Ended);
        }
        else
        {
            await _pipe.Writer.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The code that answers has thrown.</summary>
    public void Fail()
    {
        if (HasStarted)
        {
            Break(InMemoryErrors.Ended);
            return;
        }

        var date = Headers.Date;
        Headers.Clear();
        (StatusCode, Headers.Date, Headers.ContentLength) = (500, date, 0);
        Start(isChunked: false);
        _pipe.Writer.Complete();
    }

    /// <summary>Ends the body after the bytes that are under way. The first end counts.</summary>
    public void Break(Func<IOException> error)
    {
        Interlocked.CompareExchange(ref _broken, error, null);
        _pipe.Writer.Complete();
    }

    private void Start(bool isChunked)
    {
        if (isChunked)
        {
            Headers.TransferEncoding = "chunked";
        }

        if (Interlocked.Exchange(ref _hasStarted, 1) == 0)
        {
            _whenStarted();
        }
    }
}
