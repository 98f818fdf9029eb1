using System.Runtime.ExceptionServices;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.GitHub.Contents;

/// <summary>
/// Gives the body of any answer to a reader of the caller's, inside the attempt. What breaks the body is an attempt that failed; what
/// the reader throws itself is the caller's own, which is never taken for GitHub's trouble and never sent again.
/// </summary>
internal static class CallbackRead
{
    public static Task<T> RunAsync<T>(GitHubConnection connection, GitHubRequest request, Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        connection.Interactions.RunAsync(
            connection.Describe(request.Name),
            async _ =>
            {
                try
                {
                    return await connection.SendAsync(request, (response, token) => ReadAsync(response, read, token), cancellationToken).ConfigureAwait(false);
                }
                catch (CallbackException thrown)
                {
                    ExceptionDispatchInfo.Throw(thrown.InnerException!);
                    throw;
                }
            },
            cancellationToken);

    private static async Task<T> ReadAsync<T>(GitHubResponse response, Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var body = new CheckedBody(response.Body, response.Length);
        await using (body.ConfigureAwait(false))
        {
            try
            {
                var result = await read(body, cancellationToken).ConfigureAwait(false);
                ThrowIfBroken(body);
                return result;
            }
            catch (Exception exception) when (!(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
            {
                ThrowIfBroken(body);
                throw new CallbackException(exception);
            }
        }
    }

    /// <summary>A reader may wrap what broke the body, or take it for the end; it is told as what it was.</summary>
    private static void ThrowIfBroken(CheckedBody body)
    {
        if (body.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Carries a caller's exception past the stages that would take it for one of the wire.</summary>
    private sealed class CallbackException(Exception thrown) : Exception(thrown.Message, thrown);
}
