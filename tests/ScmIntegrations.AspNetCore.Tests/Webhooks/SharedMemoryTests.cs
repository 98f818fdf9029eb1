using System.Net;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ScmIntegrations.AspNetCore.Webhooks;
using ScmIntegrations.GitHub.Webhooks;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.GitHub.Webhooks;

namespace ScmIntegrations.AspNetCore.Tests.Webhooks;

/// <summary>What another instance has handled is known, and a store that is down costs no delivery. The memory of one instance is bounded.</summary>
public sealed class SharedMemoryTests
{
    [Fact]
    public async Task What_another_instance_has_handled_is_not_handled_again()
    {
        var store = NewStore();
        var (first, handled) = await StartAsync(store);
        var (second, again) = await StartAsync(store);
        await using var disposing = first;
        await using var disposingToo = second;

        await first.SendAsync("push", Deliveries.Push());
        while (await store.GetAsync(DeliveryKeys.Of("", handled.Handled.Single()).Kept[^1], WebhookRig.Token) is null)
        {
            await Task.Yield();
        }

        (await second.SendAsync("push", Deliveries.Push())).Text.Should().Be("Received before.");
        (await second.SendAsync("push", Deliveries.Push(), "another")).Text.Should().Be("Received before.");
        again.Handled.Should().BeEmpty();
    }

    [Fact]
    public async Task An_application_that_does_not_want_it_keeps_to_itself()
    {
        var store = NewStore();
        var (first, _) = await StartAsync(store, options => options.ShareRemembered = false);
        var (second, again) = await StartAsync(store, options => options.ShareRemembered = false);
        await using var disposing = first;
        await using var disposingToo = second;

        await first.SendAsync("push", Deliveries.Push());
        await second.SendAsync("push", Deliveries.Push());

        again.Handled.Should().ContainSingle();
    }

    [Fact]
    public async Task What_failed_in_one_instance_is_handled_by_another()
    {
        var store = NewStore();
        var (first, failing) = await StartAsync(store);
        var (second, handled) = await StartAsync(store);
        await using var disposing = first;
        await using var disposingToo = second;
        failing.OnHandle = (_, _) => throw new InvalidOperationException("down");

        (await first.SendAsync("push", Deliveries.Push())).Status.Should().Be(HttpStatusCode.InternalServerError);
        (await second.SendAsync("push", Deliveries.Push())).Text.Should().Be("Accepted.");

        handled.Handled.Should().ContainSingle();
    }

    [Fact]
    public async Task A_store_that_fails_is_one_that_knows_nothing()
    {
        var (rig, handled) = await StartAsync(new BrokenStore(_ => throw new IOException("The store is down.")));
        await using var disposing = rig;

        (await rig.SendAsync("push", Deliveries.Push())).Text.Should().Be("Accepted.");

        handled.Handled.Should().ContainSingle();
        rig.Log.Lines.Should().Contain(line => line.Event.Id == 1706);
    }

    [Fact]
    public async Task A_store_that_stalls_is_waited_for_a_quarter_of_a_second()
    {
        var (rig, handled) = await StartAsync(new BrokenStore(_ => new TaskCompletionSource().Task));
        await using var disposing = rig;
        rig.Time.AutoAdvance = true;
        rig.Time.AutoAdvanceUpTo = TimeSpan.FromMilliseconds(250);

        (await rig.SendAsync("push", Deliveries.Push())).Text.Should().Be("Accepted.");

        handled.Handled.Should().ContainSingle();
    }

    [Fact]
    public void The_memory_of_an_instance_is_bounded_and_forgets_the_oldest()
    {
        var memory = new DeliveryMemory(10, new ManualTimeProvider());
        for (var number = 0; number < 1000; number++)
        {
            var one = New(number);
            memory.TryAdd(one, out _).Should().BeTrue();
            memory.Keep(one, TimeSpan.FromHours(1));
        }

        memory.Count.Should().BeLessThanOrEqualTo(10);
        memory.TryAdd(New(999), out _).Should().BeFalse();
        memory.TryAdd(New(0), out _).Should().BeTrue();
    }

    [Fact]
    public void What_fails_again_and_again_takes_no_room()
    {
        var memory = new DeliveryMemory(10, new ManualTimeProvider());
        var kept = New(0);
        memory.TryAdd(kept, out _);
        memory.Keep(kept, TimeSpan.FromHours(1));
        for (var number = 1; number < 15; number++)
        {
            var one = New(number);
            memory.TryAdd(one, out _);
            memory.Forget(one);
        }

        memory.Count.Should().Be(1);
        memory.TryAdd(New(0), out _).Should().BeFalse();
    }

    private static Delivery New(int number)
    {
        string[] keys = [$"{number}"];
        return new(new GitHubOtherEvent(), new(keys, keys));
    }

    private static MemoryDistributedCache NewStore() => new(Options.Create(new MemoryDistributedCacheOptions()));

    private static async Task<(WebhookRig Rig, RecordingHandler Handler)> StartAsync(IDistributedCache store, Action<GitHubWebhookOptions>? options = null)
    {
        var handler = new RecordingHandler();
        return (await WebhookRig.StartAsync(
            webhooks => webhooks.On<GitHubWebhookEvent>((_, webhook, token) => handler.HandleAsync(webhook, token)),
            options,
            builder => builder.Services.AddSingleton(store)), handler);
    }

    private sealed class BrokenStore(Func<string, Task> ask) : IDistributedCache
    {
        public byte[]? Get(string key) => throw new NotSupportedException();

        public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
        {
            await ask("get");
            return null;
        }

        public void Refresh(string key) => throw new NotSupportedException();

        public Task RefreshAsync(string key, CancellationToken token = default) => ask("refresh");

        public void Remove(string key) => throw new NotSupportedException();

        public Task RemoveAsync(string key, CancellationToken token = default) => ask("remove");

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) => ask("set");
    }
}
