using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Accounts;
using ScmIntegrations.AspNetCore.Webhooks;
using ScmIntegrations.GitHub.Webhooks;
using ScmIntegrations.Tests.GitHub.Webhooks;

namespace ScmIntegrations.AspNetCore.Tests.Webhooks;

/// <summary>A verified delivery is told to the clients and handled once; what fails can be sent again, and what is slow does not keep GitHub waiting.</summary>
public sealed class HandlingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clients_forget_before_handlers_are_called()
    {
        var (rig, handler) = await StartAsync();
        await using var disposing = rig;
        handler.OnHandle = (_, _) =>
        {
            rig.Clients.Told.Should().ContainSingle();
            return Task.CompletedTask;
        };

        (await rig.SendAsync("push", Deliveries.Push())).Status.Should().Be(HttpStatusCode.Accepted);

        handler.Handled.Should().ContainSingle().Which.Should().BeOfType<GitHubPushEvent>().Which.DeliveryId.Should().Be("1");
        rig.Clients.Told.Should().Equal(handler.Handled);
    }

    [Fact]
    public async Task Handlers_are_called_by_type_or_for_all_and_for_their_own_address()
    {
        var called = new System.Collections.Concurrent.ConcurrentQueue<string>();
        Task Call(string name)
        {
            called.Enqueue(name);
            return Task.CompletedTask;
        }

        await using var rig = await WebhookRig.StartAsync(
            webhooks => webhooks
                .On<GitHubPushEvent>((_, push, _) => Call("push of " + push.BranchName))
                .On<GitHubWebhookEvent>((_, any, _) => Call("any " + any.Name)),
            host: builder =>
            {
                builder.Services.AddScoped<IGitHubWebhookHandler>(_ => new RecordingHandler { OnHandle = (webhook, _) => Call("of every address " + webhook.Name) });
                builder.Services.AddScmIntegrations().AddGitHubWebhooks("second", options => options.Secrets.Add("second")).On<GitHubWebhookEvent>((_, _, _) => Call("second"));
            },
            map: application =>
            {
                application.MapGitHubWebhooks(WebhookRig.Path);
                application.MapGitHubWebhooks("/second", "second");
            });

        await rig.SendAsync("push", Deliveries.Push(), "1");
        await rig.SendAsync("ping", "{}", "2");
        await rig.SendAsync("ping", "{}", "3", "second", "/second");

        called.Should().Equal("of every address push", "push of main", "any push", "of every address ping", "any ping", "of every address ping", "second");
    }

    [Fact]
    public async Task A_handler_is_made_anew_for_each_delivery_and_disposed_of()
    {
        ScopedHandler.Made = ScopedHandler.Disposed = 0;
        await using var rig = await WebhookRig.StartAsync(webhooks => webhooks.AddHandler<ScopedHandler>().AddHandler<ScopedHandler>());

        await rig.SendAsync("ping", "{}", "1");
        await rig.SendAsync("ping", "{}", "2");

        (ScopedHandler.Made, ScopedHandler.Disposed).Should().Be((2, 2));
    }

    [Fact]
    public async Task The_same_delivery_is_handled_once()
    {
        var (rig, handler) = await StartAsync();
        await using var disposing = rig;

        (await rig.SendAsync("push", Deliveries.Push())).Text.Should().Be("Accepted.");
        (await rig.SendAsync("push", Deliveries.Push())).Should().Be(new WebhookRig.Answer(HttpStatusCode.Accepted, "Received before."));

        handler.Handled.Should().ContainSingle();
        rig.Clients.Told.Should().ContainSingle();
    }

    [Theory]
    [InlineData("push", "2")]
    [InlineData("push", null)]
    [InlineData("star", "2")]
    public async Task What_was_signed_is_known_again_under_another_id_or_the_name_of_another_event(string name, string? id)
    {
        var (rig, handler) = await StartAsync();
        await using var disposing = rig;
        await rig.SendAsync("push", Deliveries.Push());

        (await rig.SendAsync(name, Deliveries.Push(), id)).Text.Should().Be("Received before.");

        handler.Handled.Should().ContainSingle();
    }

    [Theory]
    [InlineData("github_app_authorization", """{"action":"revoked","sender":{"id":1,"login":"octocat"}}""")]
    [InlineData("ping", "{}")]
    [InlineData("installation_repositories", """{"action":"added","installation":{"id":7,"account":{"login":"acme"},"created_at":1557933591,"updated_at":1557933591},"repositories_added":[{"id":3,"full_name":"acme/api"}],"repositories_removed":[]}""")]
    [InlineData("repository_dispatch", """{"action":"deploy","branch":"main","client_payload":{"to":"production"},"repository":{"full_name":"acme/api"}}""")]
    [InlineData("workflow_dispatch", """{"inputs":null,"ref":"refs/heads/main","workflow":".github/workflows/deploy.yml","repository":{"full_name":"acme/api"}}""")]
    [InlineData("check_run", """{"action":"requested_action","requested_action":{"identifier":"fix"},"check_run":{"id":4,"completed_at":"2018-05-04T01:14:52Z"},"repository":{"full_name":"acme/api"}}""")]
    [InlineData("label", """{"action":"edited","changes":{"name":{"from":"bug"}},"label":{"id":9,"name":"defect"},"repository":{"full_name":"acme/api"}}""")]
    public async Task An_event_whose_body_says_nothing_of_when_is_no_replay(string name, string body)
    {
        var (rig, handler) = await StartAsync();
        await using var disposing = rig;

        await rig.SendAsync(name, body, "1");
        await rig.SendAsync(name, body, "2");
        await rig.SendAsync(name, body, "2");

        handler.Handled.Should().HaveCount(2);
    }

    [Fact]
    public async Task The_same_may_happen_again_while_it_is_handled()
    {
        var (rig, handler) = await StartAsync(options => options.AnswerTimeout = TimeSpan.Zero);
        await using var disposing = rig;
        var (both, begun) = (new TaskCompletionSource(), 0);
        handler.OnHandle = (_, _) =>
        {
            if (Interlocked.Increment(ref begun) == 2)
            {
                both.SetResult();
            }

            return both.Task;
        };

        await rig.SendAsync("workflow_dispatch", "{}", "1");
        await rig.SendAsync("workflow_dispatch", "{}", "2");

        await both.Task.WaitAsync(TimeSpan.FromSeconds(15), Token);
    }

    [Fact]
    public async Task A_forged_delivery_does_not_take_the_place_of_the_true_one()
    {
        var (rig, handler) = await StartAsync();
        await using var disposing = rig;

        (await rig.SendAsync("push", Deliveries.Push(), "1", "guessed")).Status.Should().Be(HttpStatusCode.Unauthorized);
        (await rig.SendAsync("push", Deliveries.Push(), "1")).Text.Should().Be("Accepted.");

        handler.Handled.Should().ContainSingle();
    }

    [Fact]
    public async Task A_delivery_is_known_again_for_a_day()
    {
        var (rig, handler) = await StartAsync();
        await using var disposing = rig;
        await rig.SendAsync("push", Deliveries.Push());

        rig.Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        await rig.SendAsync("push", Deliveries.Push());
        handler.Handled.Should().ContainSingle();
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await rig.SendAsync("push", Deliveries.Push());

        handler.Handled.Should().HaveCount(2);
    }

    [Fact]
    public async Task Two_of_the_same_at_once_are_handled_once_and_answered_alike()
    {
        var (rig, handler) = await StartAsync();
        await using var disposing = rig;
        var go = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        handler.OnHandle = (_, _) =>
        {
            begun.TrySetResult();
            return go.Task;
        };

        var first = rig.SendAsync("push", Deliveries.Push());
        await begun.Task.WaitAsync(Token);
        var others = Enumerable.Range(0, 5).Select(_ => rig.SendAsync("push", Deliveries.Push())).ToList();
        while (rig.Log.Lines.Count(line => line.Event.Id == 1705) < 5)
        {
            await Task.Yield();
        }

        go.SetException(new InvalidOperationException("down"));

        foreach (var answer in await Task.WhenAll([first, .. others]))
        {
            answer.Status.Should().Be(HttpStatusCode.InternalServerError);
        }

        handler.Handled.Should().ContainSingle();
    }

    [Fact]
    public async Task What_failed_is_told_once_says_nothing_to_the_caller_and_can_be_sent_again()
    {
        var (rig, handler) = await StartAsync();
        await using var disposing = rig;
        handler.OnHandle = (_, _) => throw new InvalidOperationException("the database at 10.0.0.1 is down");

        var answer = await rig.SendAsync("push", Deliveries.Push());

        answer.Status.Should().Be(HttpStatusCode.InternalServerError);
        answer.Text.Should().NotContain("10.0.0.1");
        var line = rig.Log.Lines.Where(one => one.Exception is not null).Should().ContainSingle().Subject;
        line.Event.Id.Should().Be(1003);
        line.Exception!.Message.Should().Contain("10.0.0.1");
        var report = rig.Reporter.Reports.Should().ContainSingle().Subject;
        report.Descriptor.Name.Should().Be("github_webhook");
        report.Extras.Should().Contain("delivery", "1").And.Contain("event", "push").And.Contain("repository", "acme/api");
        handler.OnHandle = (_, _) => Task.CompletedTask;

        (await rig.SendAsync("push", Deliveries.Push())).Should().Be(new WebhookRig.Answer(HttpStatusCode.Accepted, "Accepted."));
        handler.Handled.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_handler_that_fails_does_not_keep_the_others_from_being_called()
    {
        var second = new RecordingHandler();
        await using var rig = await WebhookRig.StartAsync(webhooks => webhooks
            .On<GitHubWebhookEvent>((_, _, _) => throw new InvalidOperationException("first"))
            .On<GitHubWebhookEvent>((_, webhook, token) => second.HandleAsync(webhook, token))
            .On<GitHubWebhookEvent>((_, _, _) => Task.FromException(new InvalidOperationException("third"))));

        (await rig.SendAsync("ping", "{}")).Status.Should().Be(HttpStatusCode.InternalServerError);

        second.Handled.Should().ContainSingle();
        rig.Reporter.Reports.Should().ContainSingle().Which.Exception.Should().BeOfType<AggregateException>().Which.InnerExceptions.Select(one => one.Message).Should().Equal("first", "third");
    }

    [Fact]
    public async Task A_client_that_cannot_forget_fails_the_delivery_and_handlers_are_called_all_the_same()
    {
        var (rig, handler) = await StartAsync();
        await using var disposing = rig;
        rig.Clients.OnTold = _ => throw new InvalidOperationException("cannot");

        (await rig.SendAsync("push", Deliveries.Push())).Status.Should().Be(HttpStatusCode.InternalServerError);

        handler.Handled.Should().ContainSingle();
        rig.Reporter.Reports.Should().ContainSingle();
    }

    [Fact]
    public async Task What_takes_longer_goes_on_after_the_answer()
    {
        var (rig, handler) = await StartAsync();
        await using var disposing = rig;
        var (begun, go, done) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        handler.OnHandle = async (_, _) =>
        {
            begun.TrySetResult();
            await go.Task;
            done.TrySetResult();
        };
        var answering = rig.SendAsync("push", Deliveries.Push());
        await begun.Task.WaitAsync(Token);
        await rig.Time.WaitForTimerAsync(TimeSpan.FromSeconds(3), Token);

        rig.Time.Advance(TimeSpan.FromSeconds(3));

        (await answering).Should().Be(new WebhookRig.Answer(HttpStatusCode.Accepted, "Accepted."));
        done.Task.IsCompleted.Should().BeFalse();
        go.SetResult();
        await done.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task A_handler_that_does_not_end_is_given_up_and_holds_up_nobody()
    {
        var (rig, handler) = await StartAsync(options => options.Concurrency = 1);
        await using var disposing = rig;
        var begun = new TaskCompletionSource();
        handler.OnHandle = (_, _) =>
        {
            begun.TrySetResult();
            return new TaskCompletionSource().Task;
        };
        var answering = rig.SendAsync("push", Deliveries.Push());
        await begun.Task.WaitAsync(Token);
        await rig.Time.WaitForTimerAsync(TimeSpan.FromSeconds(3), Token);
        rig.Time.Advance(TimeSpan.FromSeconds(3));
        await answering;
        handler.OnHandle = (_, _) => Task.CompletedTask;

        rig.Time.Advance(TimeSpan.FromMinutes(5));

        (await rig.SendAsync("push", Deliveries.Push("refs/heads/next"), "2")).Text.Should().Be("Accepted.");
        rig.Reporter.Reports.Should().ContainSingle().Which.Exception.Should().BeOfType<TimeoutException>().Which.Message.Should().Contain("00:05:00");
        (await rig.SendAsync("push", Deliveries.Push())).Text.Should().Be("Accepted.", "what was given up can be sent again");
    }

    [Fact]
    public async Task A_queue_that_is_full_says_so_and_takes_the_delivery_later()
    {
        var (rig, handler) = await StartAsync(options => (options.Concurrency, options.QueueCapacity, options.AnswerTimeout) = (1, 1, TimeSpan.Zero));
        await using var disposing = rig;
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        handler.OnHandle = (_, _) =>
        {
            begun.TrySetResult();
            return go.Task;
        };
        (await rig.SendAsync("push", Deliveries.Push("refs/heads/a"), "1")).Status.Should().Be(HttpStatusCode.Accepted);
        await begun.Task.WaitAsync(Token);
        (await rig.SendAsync("push", Deliveries.Push("refs/heads/b"), "2")).Status.Should().Be(HttpStatusCode.Accepted);

        (await rig.SendAsync("push", Deliveries.Push("refs/heads/c"), "3")).Status.Should().Be(HttpStatusCode.ServiceUnavailable);

        rig.Log.Lines.Should().ContainSingle(line => line.Event.Id == 1703);
        rig.Clients.Told.Should().HaveCount(3, "clients forget at once, whatever waits");
        go.SetResult();
        while (handler.Handled.Count < 3)
        {
            await rig.SendAsync("push", Deliveries.Push("refs/heads/c"), "3");
        }
    }

    [Fact]
    public async Task What_was_accepted_is_handled_before_the_application_ends()
    {
        var (rig, handler) = await StartAsync(options => (options.Concurrency, options.AnswerTimeout) = (2, TimeSpan.Zero));
        await using var disposing = rig;
        var go = new TaskCompletionSource();
        handler.OnHandle = (_, _) => go.Task;
        for (var number = 0; number < 20; number++)
        {
            (await rig.SendAsync("push", Deliveries.Push($"refs/heads/{number}"), $"{number}")).Status.Should().Be(HttpStatusCode.Accepted);
        }

        var stopping = rig.StopAsync(Token);
        go.SetResult();
        await stopping;

        handler.Handled.Should().HaveCount(20);
        rig.Log.Lines.Should().NotContain(line => line.Event.Id == 1704);
    }

    [Fact]
    public async Task What_there_was_no_time_for_is_told()
    {
        var (rig, handler) = await StartAsync(options => (options.Concurrency, options.AnswerTimeout) = (1, TimeSpan.Zero));
        await using var disposing = rig;
        var begun = new TaskCompletionSource();
        handler.OnHandle = (_, token) =>
        {
            begun.TrySetResult();
            return new TaskCompletionSource().Task.WaitAsync(token);
        };
        for (var number = 0; number < 3; number++)
        {
            await rig.SendAsync("push", Deliveries.Push($"refs/heads/{number}"), $"{number}");
        }

        await begun.Task.WaitAsync(Token);
        await rig.StopAsync(new CancellationToken(canceled: true));

        rig.Log.Lines.Where(line => line.Event.Id == 1704).Select(line => line.Fields["DeliveryId"]).Should().Equal("0", "1", "2");
    }

    [Fact]
    public async Task A_revoked_authorisation_disconnects_the_accounts_that_the_application_names()
    {
        var ada = new AccountIdentity("github", "ada");
        await using var rig = await WebhookRig.StartAsync(
            webhooks => webhooks.DisconnectRevokedAccounts((_, revoked, _) => Task.FromResult<IEnumerable<AccountIdentity>>(
                revoked is { UserId: 1, UserLogin: "octocat" } ? [ada, new("github", "nobody")] : [])),
            host: builder => builder.Services.AddScmIntegrations().AddConnectedAccounts());
        var accounts = rig.Services.GetRequiredService<IConnectedAccounts>();
        await accounts.UpsertAsync(ada, new OAuthTokenCredential { AccessToken = new SecretText("gho_1") }, cancellationToken: Token);

        (await rig.SendAsync("github_app_authorization", Deliveries.AuthorizationRevoked("""{"id":2,"login":"hubot"}"""), "1")).Status.Should().Be(HttpStatusCode.Accepted);
        (await accounts.GetAsync(ada, Token)).Status.Should().Be(AccountStatus.Active);
        (await rig.SendAsync("github_app_authorization", Deliveries.AuthorizationRevoked(), "2")).Status.Should().Be(HttpStatusCode.Accepted);

        (await accounts.GetAsync(ada, Token)).Status.Should().Be(AccountStatus.Disconnected);
    }

    private static async Task<(WebhookRig Rig, RecordingHandler Handler)> StartAsync(Action<GitHubWebhookOptions>? options = null)
    {
        var handler = new RecordingHandler();
        return (await WebhookRig.StartAsync(webhooks => webhooks.On<GitHubWebhookEvent>((_, webhook, token) => handler.HandleAsync(webhook, token)), options), handler);
    }

    private sealed class ScopedHandler : IGitHubWebhookHandler, IDisposable
    {
        public ScopedHandler() => Made++;

        public static int Made { get; set; }

        public static int Disposed { get; set; }

        public Task HandleAsync(GitHubWebhookEvent webhook, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public void Dispose() => Disposed++;
    }
}
