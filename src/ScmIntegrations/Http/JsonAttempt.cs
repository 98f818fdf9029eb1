using System.Text.Json.Serialization.Metadata;
using ScmIntegrations.Errors;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.Http;

/// <summary>
/// One attempt of a line to a service that is not GitHub's API: sent, judged, its JSON read within the bounds. What breaks on the
/// way becomes a typed exception, and the retry is told what it has to know.
/// </summary>
/// <param name="maxBytes">The most bytes of an answer, decompressed.</param>
/// <param name="maxDepth">The deepest nesting of an answer.</param>
/// <param name="owner">Whose credential it is.</param>
/// <param name="speaker">Whose answer it is, if it is one that cannot be read.</param>
/// <param name="isCustomHost">Whether the host is not one of GitHub's own.</param>
internal sealed class JsonAttempt(long maxBytes, int maxDepth, CredentialOwner owner, ErrorOrigin speaker = ErrorOrigin.Platform, bool isCustomHost = true)
{
    private readonly BoundedJson _json = new(maxDepth);

    /// <summary>Sends a request and reads its answer.</summary>
    /// <param name="client">Sends it.</param>
    /// <param name="message">The request.</param>
    /// <param name="answer">What the answer is; <see langword="null"/> when nobody wants to know.</param>
    /// <param name="refuse">Says what an answer means that is no success.</param>
    /// <param name="call">The call that it is an attempt of.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="mayBeEmpty">Whether a success without a body is one; what is in the body has to be the answer all the same.</param>
    /// <exception cref="ScmException">The attempt failed.</exception>
    public ValueTask<T> SendAsync<T>(
        HttpClient client,
        HttpRequestMessage message,
        JsonTypeInfo<T>? answer,
        Func<HttpResponseMessage, CancellationToken, Task<ScmException>> refuse,
        ResilientCall call,
        CancellationToken cancellationToken,
        bool mayBeEmpty = false) =>
        SendAsync(client, message, answer, static (_, body) => body, refuse, call, cancellationToken, mayBeEmpty);

    /// <summary>Sends a request, reads its answer, and makes of it what it says: a service may refuse in a success.</summary>
    /// <param name="client">Sends it.</param>
    /// <param name="message">The request.</param>
    /// <param name="answer">What the answer is; <see langword="null"/> when nobody wants to know.</param>
    /// <param name="read">Makes the result of a success and its body; throws <see cref="WrongShapeException"/> for what was not due.</param>
    /// <param name="refuse">Says what an answer means that is no success.</param>
    /// <param name="call">The call that it is an attempt of.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="mayBeEmpty">Whether a success without a body is one; what is in the body has to be the answer all the same.</param>
    /// <exception cref="ScmException">The attempt failed.</exception>
    public async ValueTask<TResult> SendAsync<T, TResult>(
        HttpClient client,
        HttpRequestMessage message,
        JsonTypeInfo<T>? answer,
        Func<HttpResponseMessage, T, TResult> read,
        Func<HttpResponseMessage, CancellationToken, Task<ScmException>> refuse,
        ResilientCall call,
        CancellationToken cancellationToken,
        bool mayBeEmpty = false)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw await refuse(response, cancellationToken).ConfigureAwait(false);
            }

            if (answer is null)
            {
                return default!;
            }

            var body = new BoundedStream(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), maxBytes);
            if (mayBeEmpty)
            {
                // Whole, because only its end tells that there is nothing.
                var whole = new MemoryStream();
                await body.CopyToAsync(whole, cancellationToken).ConfigureAwait(false);
                whole.Position = 0;
                body = new BoundedStream(whole, maxBytes);
                if (whole.Length == 0)
                {
                    return default!;
                }
            }

            return read(response, await _json.ReadAsync(body, answer, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is not OperationCanceledException && cancellationToken.IsCancellationRequested && TransportError.From(exception) is not null)
        {
            // A read that is cancelled can also end as a broken connection.
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && TransportError.From(exception, speaker) is { } error)
        {
            call.Note(TransportConditions.Of(exception, response is not null, isCustomHost));
            throw ScmException.From(
                error with
                {
                    Status = response?.StatusCode,
                    CredentialOwner = owner,
                    Message = $"{Redaction.Clean(call.Subject.ToString()!)}: {error.Message}",
                },
                exception);
        }
        finally
        {
            response?.Dispose();
        }
    }
}
