using ScmIntegrations.Http;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.Http;

public sealed class RecentHttpClientTests
{
    [Fact]
    public void The_factory_is_asked_once_a_minute()
    {
        var (time, made) = (new ManualTimeProvider(), 0);
        var recent = new RecentHttpClient(
            () =>
            {
                made++;
                return new HttpClient();
            },
            time);

        var first = recent.Get();
        time.Advance(TimeSpan.FromSeconds(59));
        recent.Get().Should().BeSameAs(first);
        time.Advance(TimeSpan.FromSeconds(1));
        recent.Get().Should().NotBeSameAs(first);

        made.Should().Be(2);
        first.Timeout.Should().Be(Timeout.InfiniteTimeSpan, "time is the pipeline's");
    }
}
