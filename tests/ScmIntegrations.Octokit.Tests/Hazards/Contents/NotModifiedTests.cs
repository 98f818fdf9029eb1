using System.Net;
using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Hazards.Contents;

/// <summary>A 304 to somebody who had not asked for one, and a response cache.</summary>
public sealed class NotModifiedTests
{
    [Fact]
    public async Task A_304_without_having_asked_is_a_typed_error()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Text(304));

        (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmException>()).Which.Status.Should().Be(HttpStatusCode.NotModified);
        (await fixture.Awaiting(one => one.ListIssuesAsync()).Should().ThrowAsync<ScmException>()).Which.Status.Should().Be(HttpStatusCode.NotModified);

        fixture.Counted.Should().NotContain(("test", "success"));
    }

    [Fact]
    public async Task A_response_cache_is_refused_with_the_way_out()
    {
        await using var fixture = await OctokitFixture.StartAsync();

        var set = () => fixture.Direct.Connection.ResponseCache = new NoCache();

        set.Should().Throw<NotSupportedException>().Which.Message.Should().Contain("cache");
        await fixture.GetApiAsync();
        fixture.GitHub.Requests.Should().ContainSingle().Which.Headers.ContainsKey("If-None-Match").Should().BeFalse();
    }

    [Fact]
    public async Task Other_credentials_are_refused_with_the_way_out()
    {
        await using var fixture = await OctokitFixture.StartAsync();

        var set = () => fixture.Direct.Connection.Credentials = new Credentials("ghp_other");

        set.Should().Throw<NotSupportedException>().Which.Message.Should().Contain("AddGitHub");
        await fixture.GetApiAsync();
        fixture.GitHub.Requests.Should().ContainSingle().Which.Token.Should().Be(OctokitSetup.Token);
    }

    [Fact]
    public async Task Plain_Octokit_gives_null_for_a_304()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Text(304));

        (await fixture.Plain().Repository.Get("acme", "api")).Should().BeNull();
    }

    private sealed class NoCache : global::Octokit.Caching.IResponseCache
    {
        public Task<global::Octokit.Caching.CachedResponse.V1> GetAsync(global::Octokit.Internal.IRequest request) => Task.FromResult<global::Octokit.Caching.CachedResponse.V1>(null!);

        public Task SetAsync(global::Octokit.Internal.IRequest request, global::Octokit.Caching.CachedResponse.V1 cachedResponse) => Task.CompletedTask;
    }
}
