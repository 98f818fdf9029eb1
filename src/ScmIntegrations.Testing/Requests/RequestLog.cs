using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ScmIntegrations.Testing;

/// <summary>Keeps what was asked, in order of arrival.</summary>
internal sealed class RequestLog(TimeProvider time)
{
    /// <summary>What the path of a request begins with that does not begin with the prefix.</summary>
    public const string Outside = "/outside-the-prefix";

    private readonly Lock _gate = new();
    private readonly List<RecordedRequest> _requests = [];
    private readonly List<(Func<RecordedRequest, bool> Counts, int Count, TaskCompletionSource Completion)> _waiters = [];

    public RecordedRequest[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _requests];
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
        }
    }

    public async Task<RecordedRequest> AddAsync(HttpContext context, string prefix, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? context.Request.Path;
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        var path = mark < 0 ? target : target[..mark];
        var root = prefix.TrimEnd('/');
        path = root.Length > 0 && path.StartsWith(root + "/", StringComparison.OrdinalIgnoreCase) ? path[root.Length..]
            // The pages stand beside the API.
            : root.Length == 0 || path.StartsWith("/login/", StringComparison.OrdinalIgnoreCase) ? path
            // An Enterprise Server has GraphQL beside its REST API: /api/v3 and /api/graphql.
            : path.Equals(root[..(root.LastIndexOf('/') + 1)] + "graphql", StringComparison.OrdinalIgnoreCase) ? GraphQLRoutes.Path
            : Outside + path;
        var request = new RecordedRequest(
            new HttpMethod(context.Request.Method),
            target,
            path,
            mark < 0 ? "" : target[mark..],
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray(),
            time.GetUtcNow());
        lock (_gate)
        {
            _requests.Add(request);
        }

        return request;
    }

    /// <summary>
    /// It is decided what a request is answered, so whoever waits for it may go on: what is asked next cannot take the answer that was meant for it.
    /// </summary>
    public void Decided(RecordedRequest request)
    {
        lock (_gate)
        {
            request.IsDecided = true;
            _waiters.RemoveAll(waiter => CountDecided(waiter.Counts) >= waiter.Count && waiter.Completion.TrySetResult());
        }
    }

    public async Task WaitAsync(Func<RecordedRequest, bool> counts, int count, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (CountDecided(counts) >= count)
            {
                return;
            }

            _waiters.Add((counts, count, completion));
        }

        await completion.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private int CountDecided(Func<RecordedRequest, bool> counts) => _requests.Count(request => request.IsDecided && counts(request));
}
