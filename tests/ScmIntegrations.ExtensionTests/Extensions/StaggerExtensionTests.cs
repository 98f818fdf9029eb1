using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Caching;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.ExtensionTests.Extensions;

/// <summary>How the lifetimes of cached branches are spread is replaced by registering a stagger: for all clients, or for one by its name.</summary>
public sealed class StaggerExtensionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_is_registered_serves_every_client_that_has_none_of_its_own(bool isBefore)
    {
        await using var application = await Application.StartAsync((builder, gitHub) =>
        {
            if (isBefore)
            {
                builder.Services.AddSingleton<ITtlStagger>(new Always(3));
            }

            Add(builder, gitHub, "");
            Add(builder, gitHub, "keyed");
            Add(builder, gitHub, "own", options => options.Trees.Stagger = new Always(5));
            builder.AddGitHub("section", Application.Section("Scm:GitHub", ("Token", Application.Token), ("Trees:Stagger", "IndexBucket")), options => Application.Set(options, gitHub));
            builder.Services.AddKeyedSingleton<ITtlStagger>("keyed", new Always(4));
            if (!isBefore)
            {
                builder.Services.AddSingleton<ITtlStagger>(new Always(3));
            }
        });

        (await LifetimeAsync(application, "")).Should().Be(TimeSpan.FromHours(3));
        (await LifetimeAsync(application, "keyed")).Should().Be(TimeSpan.FromHours(4));
        (await LifetimeAsync(application, "own")).Should().Be(TimeSpan.FromHours(5), "what is set in code wins");
        (await LifetimeAsync(application, "section")).Should().BeGreaterThanOrEqualTo(TimeSpan.FromHours(24), "and so does configuration");
    }

    private static void Add(IScmIntegrationsBuilder builder, FakeGitHub gitHub, string name, Action<GitHubIntegrationOptions>? configure = null) => builder.AddGitHub(name, options =>
    {
        Application.Set(options, gitHub);
        options.UseToken(Application.Token);
        configure?.Invoke(options);
    });

    private static async Task<TimeSpan> LifetimeAsync(Application application, string name)
    {
        var tree = await application.Clients.GetClient(name).GetCachedTreeAsync(Application.Api, "main", TestContext.Current.CancellationToken);
        return (tree.ExpiresAt - tree.FetchedAt)!;
    }

    private sealed class Always(int hours) : ITtlStagger
    {
        public TimeSpan Next(string key, int index, DateTimeOffset now) => TimeSpan.FromHours(hours);
    }
}
