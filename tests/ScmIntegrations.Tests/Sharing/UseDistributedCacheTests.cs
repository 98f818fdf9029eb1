using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.Tests.Sharing;

/// <summary>A distributed cache is used when it is asked for, and only then.</summary>
public sealed class UseDistributedCacheTests
{
    [Fact]
    public void A_cache_that_the_application_has_for_itself_is_left_alone()
    {
        using var services = Build(builder => builder.Services.AddDistributedMemoryCache());

        services.GetRequiredService<SharedStores>().SecondLevel.Should().BeNull();
    }

    [Fact]
    public void The_cache_of_the_application_is_used_when_asked_for()
    {
        using var services = Build(builder => builder.UseDistributedCache(configure: options => options.MaxValueBytes = 2048).Services.AddDistributedMemoryCache());

        services.GetRequiredService<SharedStores>().SecondLevel.Should().NotBeNull();
        services.GetRequiredService<SharedStores>().Refresh.Should().NotBeNull();
        services.GetRequiredService<IGitHubIntegrationClient>().Should().NotBeNull();
    }

    [Fact]
    public async Task A_cache_under_a_key_is_used_by_its_key()
    {
        using var store = new ScriptedCache();
        await using var services = Build(builder => builder.UseDistributedCache("mine").Services.AddKeyedSingleton<IDistributedCache>("mine", store));

        await services.GetRequiredService<SharedStores>().SecondLevel!.Set(SecondLevelRig.Key, () => new byte[1], default, default, TimeSpan.FromDays(1));

        store.Sets.Should().Be(1);
    }

    [Theory]
    [InlineData(null, "UseDistributedCache was called, and no IDistributedCache is registered.*")]
    [InlineData("mine", "UseDistributedCache was called with the key 'mine', and no IDistributedCache is registered under it.")]
    public void A_cache_that_is_asked_for_and_missing_is_told_when_the_client_is_made(string? key, string message)
    {
        using var services = Build(builder => builder.UseDistributedCache(key));

        services.Invoking(one => one.GetRequiredService<IGitHubIntegrationClient>()).Should().Throw<InvalidOperationException>().WithMessage(message);
    }

    private static ServiceProvider Build(Action<IScmIntegrationsBuilder> share)
    {
        var builder = new ServiceCollection().AddScmIntegrations();
        share(builder);
        builder.AddGitHub(options => options.UseToken("ghp_TheTokenOfOctocat0123456789abcdefgh"));
        return builder.Services.BuildServiceProvider();
    }
}
