using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using ScmIntegrations.GitHub.Webhooks;

namespace ScmIntegrations.AspNetCore.Webhooks;

/// <summary>Answers deliveries: what is not GitHub's is refused as early as can be, and the answer says nothing of the inside.</summary>
internal sealed class WebhookEndpoint(string endpoint, IOptionsMonitor<GitHubWebhookOptions> options, DeliveryQueue queue, TimeProvider timeProvider, WebhookLog log)
{
    private const string Failed = "The delivery was received, and handling it failed. The service's log says why; send it again then.";
    private const string WrongType = "The content type is not application/json: set it so on the webhook's page.";
    private const string TooSlow = "The body did not arrive in time.";

    // GitHub gives a delivery up after 10 seconds in all; what its body took is not waited for again.
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(9);

    private readonly string _label = WebhookLog.Label(endpoint);

    public async Task HandleAsync(HttpContext context)
    {
        var (status, text) = await AnswerAsync(context).ConfigureAwait(false);
        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task<(int Status, string Text)> AnswerAsync(HttpContext context)
    {
        var began = timeProvider.GetTimestamp();
        GitHubWebhookOptions now;
        try
        {
            now = options.Get(endpoint);
        }
        catch (Exception invalid)
        {
            // Not valid, or not to be read at all.
            log.NotConfigured(_label, invalid);
            return (StatusCodes.Status503ServiceUnavailable, "Not configured.");
        }

        if (!IsJson(context.Request))
        {
            log.Refused(_label, WrongType);
            return (StatusCodes.Status415UnsupportedMediaType, WrongType);
        }

        var result = await ReceiveAsync(context, now).ConfigureAwait(false);
        if (result is null)
        {
            log.Refused(_label, TooSlow);
            return (StatusCodes.Status408RequestTimeout, TooSlow);
        }

        if (!result.IsAccepted)
        {
            log.Refused(_label, result.Message);
            return (result.HttpStatus, result.Message);
        }

        return await AnswerAsync(new Delivery(result.Event, DeliveryKeys.Of(endpoint, result.Event)), now, began, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task<(int Status, string Text)> AnswerAsync(Delivery received, GitHubWebhookOptions now, long began, CancellationToken aborted)
    {
        try
        {
            var (completion, isNew) = await queue.AcceptAsync(received, now, aborted).ConfigureAwait(false);
            return await completion.WaitAsync(TimeToWait(now, began), timeProvider, aborted).ConfigureAwait(false) switch
            {
                DeliveryOutcome.Handled => (StatusCodes.Status202Accepted, isNew ? "Accepted." : "Received before."),
                DeliveryOutcome.Repeated => (StatusCodes.Status202Accepted, "Received before."),
                DeliveryOutcome.Refused => (StatusCodes.Status503ServiceUnavailable, "Too many deliveries are waiting. Send it again later."),
                _ => (StatusCodes.Status500InternalServerError, Failed),
            };
        }
        catch (TimeoutException)
        {
            return (StatusCodes.Status202Accepted, "Accepted.");
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // Nobody waits any more.
            return (StatusCodes.Status202Accepted, "");
        }
    }

    private TimeSpan TimeToWait(GitHubWebhookOptions now, long began)
    {
        var left = Latest - timeProvider.GetElapsedTime(began);
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < now.AnswerTimeout ? left : now.AnswerTimeout;
    }

    /// <summary>Reads and verifies a body; <see langword="null"/> when it takes too long.</summary>
    private async Task<GitHubWebhookResult?> ReceiveAsync(HttpContext context, GitHubWebhookOptions now)
    {
        var request = context.Request;
        if (request.ContentLength > now.MaxBodyBytes)
        {
            return new(GitHubWebhookStatus.BodyTooLarge, $"The body is larger than {now.MaxBodyBytes} bytes.");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // The receiver's own bound decides: the server's can be lower, and answers otherwise.
            size.MaxRequestBodySize = null;
        }

        using var late = new CancellationTokenSource(now.ReadTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            var receiver = new GitHubWebhookReceiver(now.Secrets) { BodyLimit = now.MaxBodyBytes };
            return await receiver.ReceiveAsync(
                name => request.Headers[name] is [var only] ? only : null,
                request.Body,
                either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            return new(GitHubWebhookStatus.BodyUnreadable, "The body broke off.");
        }
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);
}
