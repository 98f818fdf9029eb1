using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ScmIntegrations.Tests.ToolGateways;

/// <summary>
/// The least of a platform that executes tools: a token endpoint that hands out <c>token-1</c>, <c>token-2</c> …, and answers by
/// script to everything else. The last answer of a script is repeated.
/// </summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly ConcurrentQueue<FakeCall> _calls = new();
    private readonly ConcurrentQueue<FakeCall> _tokenRequests = new();
    private int _tokens;

    private FakeGateway(WebApplication host) => _host = host;

    public Uri Address => new(_host.Urls.First());

    /// <summary>What was asked, tokens aside.</summary>
    public IReadOnlyList<FakeCall> Calls => [.. _calls];

    public IReadOnlyList<FakeCall> TokenRequests => [.. _tokenRequests];

    /// <summary>The answers to calls, by the number of the call and what it carried.</summary>
    public Func<FakeCall, int, FakeAnswer> OnCall { get; set; } = static (_, _) => FakeAnswer.Ok;

    /// <summary>The answers to token requests; <see langword="null"/> hands out the next token.</summary>
    public Func<int, FakeAnswer?> OnToken { get; set; } = static _ => null;

    /// <summary>Answers calls in this order.</summary>
    public void Script(params FakeAnswer[] answers) => OnCall = (_, number) => answers[Math.Min(number, answers.Length) - 1];

    public static async Task<FakeGateway> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var gateway = new FakeGateway(builder.Build());
        gateway._host.Run(gateway.ServeAsync);
        await gateway._host.StartAsync(TestContext.Current.CancellationToken);
        return gateway;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private Task ServeAsync(HttpContext context)
    {
        var call = new FakeCall(context.Request.Method, context.Request.Path, context.Request.Headers.Authorization);
        if (context.Request.Path == "/oauth/token")
        {
            _tokenRequests.Enqueue(call);
            var number = Interlocked.Increment(ref _tokens);
            return WriteAsync(context, OnToken(number) ?? new(200, $$"""{"access_token":"token-{{number}}","token_type":"Bearer","expires_in":86399}"""));
        }

        _calls.Enqueue(call);
        return WriteAsync(context, OnCall(call, _calls.Count));
    }

    private static async Task WriteAsync(HttpContext context, FakeAnswer answer)
    {
        if (answer.After is { } wait)
        {
            await wait.WaitAsync(context.RequestAborted);
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        if (answer.Breaks)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}

/// <summary>What was asked of the fake.</summary>
internal sealed record FakeCall(string Method, string Path, string? Authorization);

/// <summary>What the fake answers.</summary>
internal sealed record FakeAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    public FakeAnswer(int status, string body = "")
        : this(status, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(body))
    {
    }

    public static FakeAnswer Ok { get; } = new(200, """{"data":"done"}""");

    public string ContentType { get; init; } = "application/json";

    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>The same answer with one more header.</summary>
    public FakeAnswer With(string name, string value) => this with { Headers = new(Headers, StringComparer.OrdinalIgnoreCase) { [name] = value } };

    /// <summary>What the answer waits for.</summary>
    public Task? After { get; init; }

    /// <summary>Whether the body has begun when the server finds it shorter than its announced length, and closes the connection.</summary>
    public bool Breaks { get; init; }
}
