using System.Net;
using System.Runtime.ExceptionServices;
using Octokit;
using Octokit.Internal;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Http;
using ScmIntegrations.Octokit.Arguments;
using ScmIntegrations.Octokit.Calls;

namespace ScmIntegrations.Octokit.Transport;

/// <summary>
/// Sends Octokit's requests over a client's line, in place of Octokit's own sender: nothing is followed, repeated or kept here, for the line does that.
/// </summary>
/// <param name="line">The client's handler.</param>
/// <param name="calls">Which run and which call a request belongs to.</param>
/// <param name="facts">Reads the headers.</param>
/// <param name="timeProvider">Measures the time-outs that Octokit's callers set.</param>
internal sealed class OctokitHttpClient(HttpMessageHandler line, OctokitCalls calls, ResponseFacts facts, TimeProvider timeProvider) : IHttpClient
{
    // Octokit gives it to each request of which the caller said nothing; the line has a deadline of its own.
    private static readonly TimeSpan OctokitsDefault = TimeSpan.FromSeconds(100);

    // What a timer can measure. The line's own deadline comes long before.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly HttpMessageInvoker _line = new(line);
    private TimeSpan _timeout = Timeout.InfiniteTimeSpan;

    public void SetRequestTimeout(TimeSpan timeout) => _timeout = timeout > TimeSpan.Zero || timeout == Timeout.InfiniteTimeSpan
        ? timeout
        : throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "A time-out is above 0, or infinite.");

    public async Task<IResponse> Send(IRequest request, CancellationToken cancellationToken, Func<object, object>? preprocessResponseBody = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        var run = calls.Run;
        var address = AddressOf(request);
        using var message = OctokitRequestMessage.Of(request, address);
        if (ResponseBody.IsJsonDue(request))
        {
            message.ExpectJson();
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, run?.CancellationToken ?? default);
        var timeout = TimeoutOf(request);
        using var late = timeout == Timeout.InfiniteTimeSpan || timeout > Longest ? null : new CancellationTokenSource(timeout, timeProvider);
        using var ofTime = late?.Token.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), end);
        try
        {
            using var response = await _line.SendAsync(message, end.Token).ConfigureAwait(false);
            return await ReadAsync(request, address, response, preprocessResponseBody, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled) when (cancellationToken.IsCancellationRequested || run?.CancellationToken.IsCancellationRequested is true)
        {
            throw new OperationCanceledException(cancelled.Message, cancelled, cancellationToken.IsCancellationRequested ? cancellationToken : run!.CancellationToken);
        }
        catch (OperationCanceledException cancelled) when (late is { IsCancellationRequested: true })
        {
            throw TimedOut(request, address, timeout, cancelled);
        }
    }

    public void Dispose() => _line.Dispose();

    /// <summary>A write that was given up may have been carried out, as when the line gives one up.</summary>
    private static ScmException TimedOut(IRequest request, Uri address, TimeSpan timeout, Exception cause) => ScmException.From(
        new ScmError
        {
            Reason = ErrorReason.Timeout,
            Origin = ErrorOrigin.Client,
            IsFateUnknown = request.Method == HttpMethod.Post || request.Method == HttpMethod.Patch,
            Message = Redaction.Clean($"{request.Method} {address.AbsolutePath}: given up after the time-out of {timeout.TotalSeconds:0.###} s that was set on Octokit."),
        },
        cause);

    private Uri AddressOf(IRequest request)
    {
        ArgumentRules.CheckAddress(request.Endpoint.OriginalString);
        var address = new Uri(request.BaseAddress, request.Endpoint);
        if (request.Endpoint.IsAbsoluteUri && request.Method == HttpMethod.Get)
        {
            // An address that a page before has named.
            calls.Call?.Visit(address);
        }

        return address;
    }

    /// <summary>What the caller has set, on the request or on the client.</summary>
    private TimeSpan TimeoutOf(IRequest request) =>
        request.Timeout == OctokitsDefault || request.Timeout <= TimeSpan.Zero ? _timeout
        : _timeout == Timeout.InfiniteTimeSpan || request.Timeout < _timeout ? request.Timeout
        : _timeout;

    private async Task<OctokitResponse> ReadAsync(IRequest request, Uri address, HttpResponseMessage response, Func<object, object>? preprocess, CancellationToken cancellationToken)
    {
        var headers = ResponseFacts.Headers(response);
        var answer = new OctokitAnswer($"{request.Method} {address.AbsolutePath}", response.StatusCode, headers.GetValueOrDefault("X-GitHub-Request-Id"));
        if (calls.Call is { } call)
        {
            call.Answer = answer;
        }

        var error = response.GetScmException();
        if (error is not null && response.StatusCode < HttpStatusCode.BadRequest)
        {
            // No result yet, or none at all, and Octokit would take it for one.
            ExceptionDispatchInfo.Throw(error);
        }

        if (error is not null)
        {
            calls.Run?.Refuse(request.Endpoint, error);
        }

        var (body, contentType) = await ResponseBody.ReadAsync(request, response, answer, preprocess, cancellationToken).ConfigureAwait(false);
        return new OctokitResponse
        {
            StatusCode = response.StatusCode,
            Body = body,
            ContentType = contentType,
            Headers = headers,
            ApiInfo = facts.Read(response, headers, address),
            Error = error,
        };
    }
}
