using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub.Contents;

/// <summary>A content that is read while it arrives. Dispose it: until then it holds a connection, and its interaction is open.</summary>
/// <param name="content">The content.</param>
public sealed class GitHubDownload(Stream content) : IDisposable, IAsyncDisposable
{
    /// <summary>
    /// The content, to be read once and asynchronously; a read that blocks is refused. No byte comes twice. A read that brings nothing
    /// for as long as <see cref="Resilience.ResilienceOptions.AttemptTimeout"/> throws <see cref="ScmTimeoutException"/>, a connection that breaks
    /// <see cref="ScmTransportException"/>, and so does the last read when less arrived than was announced, or something else than the id that was
    /// asked for: a read that returns 0 has seen the true end. What has failed stays failed.
    /// </summary>
    public Stream Content { get; } = content;

    /// <summary>The length of the content in bytes; <see langword="null"/> when it is not known before the end, as of one that travels compressed.</summary>
    public long? Length { get; init; }

    /// <summary>The blob id of the content, where it was asked for by it.</summary>
    public string? Sha { get; init; }

    /// <summary>The entity tag, as GitHub wrote it. It holds for the credential that was used.</summary>
    public string? ETag { get; init; }

    /// <summary>Ends the interaction, as a success unless a read has failed, and lets the connection go.</summary>
    public void Dispose() => Content.Dispose();

    /// <inheritdoc cref="Dispose"/>
    /// <returns>A task that ends when it is done.</returns>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
