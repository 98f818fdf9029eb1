using System.Net;
using System.Text.Json.Serialization.Metadata;
using ScmIntegrations.GitHub.Answers;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Transport;

/// <summary>A successful answer whose body has not been read yet. Lives as long as its attempt, unless it is kept.</summary>
internal sealed class GitHubResponse(HttpResponseMessage message, Stream body, BoundedJson json)
{
    public HttpStatusCode Status => message.StatusCode;

    /// <summary>The body, decompressed and bounded.</summary>
    public Stream Body => body;

    /// <summary>The length of <see cref="Body"/> as announced; <see langword="null"/> when it was not, or when the body came compressed.</summary>
    public long? Length => IsEncoded ? null : message.Content.Headers.ContentLength;

    /// <summary>Whether <see cref="Body"/> is encoded in a way that nobody below has undone.</summary>
    public bool IsEncoded => message.Content.Headers.ContentEncoding.Count > 0;

    /// <summary>The media type, without parameters.</summary>
    public string? MediaType => message.Content.Headers.ContentType?.MediaType;

    /// <summary>The entity tag, as it stands.</summary>
    public string? ETag => message.FirstHeader("ETag");

    public string? RequestId => message.FirstHeader("X-GitHub-Request-Id");

    /// <summary>Whether somebody reads the body after the attempt, and disposes the answer then.</summary>
    public bool IsKept { get; private set; }

    /// <summary>When the answer was sent, by GitHub's clock.</summary>
    public DateTimeOffset? Date => message.Headers.Date;

    /// <summary>The address of the next page, as GitHub wrote it; <see langword="null"/> on the last one.</summary>
    public string? NextPage => message.Headers.NonValidated.TryGetValues("Link", out var links) ? LinkHeader.FindNext(links) : null;

    /// <summary>The organisations that a list leaves out, because they want single sign-on (<c>X-GitHub-SSO: partial-results</c>); <see langword="null"/> when it is whole.</summary>
    public string? PartialResults =>
        AnswerKind.LeftOut(message) is { } leftOut ? Redaction.Clean(leftOut) : null;

    /// <summary>The address that answered, after redirects.</summary>
    public Uri Address => message.RequestMessage!.RequestUri!;

    /// <summary>Whether the body is JSON by its own account.</summary>
    public bool IsJson => message.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>The answer as the error that its body turned out to be.</summary>
    public ResponseSnapshot As(HttpStatusCode standsFor, ReadOnlyMemory<byte> error) => new(message, error, standsFor);

    /// <summary>The whole body as one value.</summary>
    /// <exception cref="System.Text.Json.JsonException">The body is empty, <c>null</c>, too deep, broken, or of another shape.</exception>
    public Task<T> ReadJsonAsync<T>(JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken) =>
        json.ReadAsync(body, typeInfo, cancellationToken);

    /// <summary>The whole body through a parser of its own, while it arrives.</summary>
    /// <exception cref="System.Text.Json.JsonException">The body is empty, too deep, broken, or of another shape.</exception>
    public Task<T> ReadJsonAsync<T>(JsonParser<T> parse, CancellationToken cancellationToken) => json.ReadAsync(body, parse, cancellationToken);

    /// <summary>Lets the answer outlive its attempt. The last thing that a reader does: from here on the caller disposes it.</summary>
    public IDisposable Keep()
    {
        IsKept = true;
        return message;
    }

    /// <summary>Reads the body to its end and forgets it.</summary>
    public async Task<HttpStatusCode> DrainAsync(CancellationToken cancellationToken)
    {
        await body.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
        return Status;
    }

    /// <summary>Reads the whole body into memory and gives the answer as a message that outlives the attempt.</summary>
    public async Task<ResponseSnapshot> ReadSnapshotAsync(CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await body.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);

        // The buffer itself, which nobody writes to any more: a large body is not copied once more.
        return new ResponseSnapshot(message, buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    /// <summary>The same, where JSON is due: it has to be sound, no page, and for a read not nothing.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is not.</exception>
    /// <exception cref="BodyTooLargeException">It is nested too deep.</exception>
    public async Task<ResponseSnapshot> ReadJsonSnapshotAsync(CancellationToken cancellationToken)
    {
        var snapshot = await ReadSnapshotAsync(cancellationToken).ConfigureAwait(false);
        var isRead = message.RequestMessage!.Method == HttpMethod.Get;
        if (Status is not (HttpStatusCode.NoContent or HttpStatusCode.ResetContent or HttpStatusCode.NotModified) && (isRead || !snapshot.Body.IsEmpty))
        {
            json.Check(snapshot.Body.Span, isJson: IsJson || IsPage);
        }

        return snapshot;
    }

    private bool IsPage => "text/html".Equals(MediaType, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Makes the result out of an answer, inside the attempt, so that a body that breaks is an attempt that failed.</summary>
internal delegate Task<T> ResponseReader<T>(GitHubResponse response, CancellationToken cancellationToken);
