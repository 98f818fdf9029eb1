using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.AspNetCore.Webhooks;
using ScmIntegrations.GitHub.Webhooks;
using ScmIntegrations.Tests.GitHub.Webhooks;

namespace ScmIntegrations.AspNetCore.Tests.Webhooks;

/// <summary>Handlers that block, services that do not end, and configuration that cannot be read: deliveries go on, and the application ends.</summary>
public sealed class CarelessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a handler that blocks its thread")]
    [InlineData("a handler whose services do not end")]
    public async Task What_never_comes_back_is_given_up_and_holds_up_nobody(string what)
    {
        using var stuck = new StuckHandler(doesBlock: what.Contains("blocks", StringComparison.Ordinal));
        await using var rig = await StartAsync(stuck);
        var answering = rig.SendAsync("push", Deliveries.Push());
        await stuck.Begun.WaitAsync(Patience, Token);
        await rig.Time.WaitForTimerAsync(TimeSpan.FromSeconds(3), Token);
        rig.Time.Advance(TimeSpan.FromSeconds(3));
        (await answering).Status.Should().Be(HttpStatusCode.Accepted);
        stuck.IsCured = true;

        rig.Time.Advance(TimeSpan.FromMinutes(5));

        (await rig.SendAsync("push", Deliveries.Push("refs/heads/next"), "2").WaitAsync(Patience, Token)).Text.Should().Be("Accepted.");
        rig.Reporter.Reports.Should().ContainSingle().Which.Exception.Should().BeOfType<TimeoutException>().Which.Message.Should().StartWith(nameof(ScopedHandler)).And.Contain("00:05:00");
    }

    [Theory]
    [InlineData("a handler that blocks its thread")]
    [InlineData("a handler whose services do not end")]
    public async Task The_application_ends_and_tells_what_was_not_handled(string what)
    {
        using var stuck = new StuckHandler(doesBlock: what.Contains("blocks", StringComparison.Ordinal));
        await using var rig = await StartAsync(stuck, options => options.AnswerTimeout = TimeSpan.Zero);
        for (var number = 0; number < 3; number++)
        {
            await rig.SendAsync("push", Deliveries.Push($"refs/heads/{number}"), $"{number}");
        }

        await stuck.Begun.WaitAsync(Patience, Token);

        await rig.StopAsync(new CancellationToken(canceled: true)).WaitAsync(Patience, Token);

        rig.Log.Lines.Where(line => line.Event.Id == 1704).Select(line => line.Fields["DeliveryId"]).Should().Equal("0", "1", "2");
    }

    [Fact]
    public async Task A_reload_that_cannot_be_read_closes_the_endpoint_until_it_is_mended_and_what_was_accepted_is_handled()
    {
        var (begun, go, handled) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        await using var rig = await WebhookRig.StartAsync(
            host: builder =>
            {
                builder.Configuration.AddInMemoryCollection(
                    [new("Hooks:Secrets:0", Deliveries.Secret), new("Hooks:Concurrency", "1"), new("Hooks:AnswerTimeout", "00:00:00"), new("Hooks:MaxBodyBytes", "2048")]);
                builder.Services.AddScmIntegrations().AddGitHubWebhooks("configured", builder.Configuration.GetSection("Hooks")).On<GitHubWebhookEvent>(async (_, _, _) =>
                {
                    begun.TrySetResult();
                    await go.Task;
                    handled++;
                });
            },
            map: application => application.MapGitHubWebhooks(WebhookRig.Path, "configured"));
        var configuration = (IConfigurationRoot)rig.Services.GetRequiredService<IConfiguration>();
        await rig.SendAsync("ping", "{}", "1");
        await rig.SendAsync("ping", "{}", "2");
        await begun.Task.WaitAsync(Token);

        configuration["Hooks:MaxBodyBytes"] = "two kilobytes";
        FluentActions.Invoking(configuration.Reload).Should().Throw<AggregateException>("the framework tells whoever reloads");
        (await rig.SendAsync("ping", "{}", "3")).Should().Be(new WebhookRig.Answer(HttpStatusCode.ServiceUnavailable, "Not configured."));
        rig.Log.Lines.Should().Contain(line => line.Event.Id == 1702);
        go.SetResult();
        configuration["Hooks:MaxBodyBytes"] = "4096";
        configuration.Reload();
        await rig.SendAsync("ping", "{}", "4");
        await rig.StopAsync(Token).WaitAsync(Patience, Token);

        handled.Should().Be(3);
    }

    [Fact]
    public async Task A_body_that_came_slowly_leaves_less_time_to_wait_for_its_handlers()
    {
        var begun = new TaskCompletionSource();
        await using var rig = await WebhookRig.StartAsync(
            webhooks => webhooks.On<GitHubWebhookEvent>((_, _, token) =>
            {
                begun.TrySetResult();
                return new TaskCompletionSource().Task.WaitAsync(token);
            }),
            options => options.AnswerTimeout = TimeSpan.FromSeconds(9));
        using var client = new TcpClient();
        await client.ConnectAsync(rig.Address.Host, rig.Address.Port, Token);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST {WebhookRig.Path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-GitHub-Event: ping\r\nX-Hub-Signature-256: {Deliveries.Sign("{}")}\r\nContent-Length: 2\r\n\r\n{{"),
            Token);
        await rig.Time.WaitForTimerAsync(TimeSpan.FromSeconds(5), Token);
        rig.Time.Advance(TimeSpan.FromSeconds(4));
        await stream.WriteAsync("}"u8.ToArray(), Token);
        await begun.Task.WaitAsync(Patience, Token);
        await rig.Time.WaitForTimerAsync(TimeSpan.FromSeconds(5), Token).WaitAsync(Patience, Token);

        rig.Time.Advance(TimeSpan.FromSeconds(5));

        var answer = new byte[1024];
        var read = await stream.ReadAsync(answer, Token).AsTask().WaitAsync(Patience, Token);
        Encoding.ASCII.GetString(answer, 0, read).Should().StartWith("HTTP/1.1 202");
    }

    private static Task<WebhookRig> StartAsync(StuckHandler stuck, Action<GitHubWebhookOptions>? options = null) => WebhookRig.StartAsync(
        options: one =>
        {
            one.Concurrency = 1;
            options?.Invoke(one);
        },
        host: builder => builder.Services.AddSingleton(stuck).AddScoped<IGitHubWebhookHandler>(services => new ScopedHandler(services.GetRequiredService<StuckHandler>())));

    /// <summary>What blocks until the test ends.</summary>
    private sealed class StuckHandler(bool doesBlock) : IDisposable
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _end = new();

        public Task Begun => _begun.Task;

        public bool IsCured { get; set; }

        public void Handle()
        {
            if (doesBlock && !IsCured)
            {
                _begun.TrySetResult();
                _end.Wait(Patience * 4);
            }
        }

        public Task EndAsync()
        {
            if (doesBlock || IsCured)
            {
                return Task.CompletedTask;
            }

            _begun.TrySetResult();
            return new TaskCompletionSource().Task.WaitAsync(Token);
        }

        public void Dispose() => _end.Set();
    }

    private sealed class ScopedHandler(StuckHandler stuck) : IGitHubWebhookHandler, IAsyncDisposable
    {
        public Task HandleAsync(GitHubWebhookEvent webhook, CancellationToken cancellationToken = default)
        {
            stuck.Handle();
            return Task.CompletedTask;
        }

        public async ValueTask DisposeAsync() => await stuck.EndAsync();
    }
}
