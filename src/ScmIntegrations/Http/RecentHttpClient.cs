namespace ScmIntegrations.Http;

/// <summary>
/// A client from the factory, asked for anew once a minute: often enough for the factory to rotate its handlers, and seldom
/// enough that no call pays for the making. Who has an older one goes on with it.
/// </summary>
/// <param name="create">Asks the factory.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class RecentHttpClient(Func<HttpClient> create, TimeProvider timeProvider)
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    private volatile Entry? _latest;

    public HttpClient Get()
    {
        if (_latest is { } latest && timeProvider.GetElapsedTime(latest.Since) < Recent)
        {
            return latest.Client;
        }

        // Two that come at the same time make two, which does no harm: the handlers below are the factory's, and shared.
        var client = create();

        // It would end at the headers, and look as if nothing had been sent: time is the pipeline's.
        client.Timeout = Timeout.InfiniteTimeSpan;
        _latest = new(client, timeProvider.GetTimestamp());
        return client;
    }

    private sealed record Entry(HttpClient Client, long Since);
}
