using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.GitHub.Webhooks;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;
using ScmIntegrations.Tests.Interactions;

namespace ScmIntegrations.Tests.DependencyInjection;

/// <summary>Clients of installations known only at run time: each with a credential, limits and a circuit of its own, and the memory of all.</summary>
public sealed class InstallationClientTests
{
    [Fact]
    public async Task Each_installation_speaks_with_a_token_of_its_own()
    {
        await using var rig = await InstallationRig.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 30).Select(call => rig.GetAsync(1 + (call % 3))));

        rig.Mints.Should().Be(3);
        rig.GitHub.Requests.Where(request => request.Fits(HttpMethod.Get, TreeFixture.Description)).GroupBy(request => request.Path, StringComparer.Ordinal)
            .Should().HaveCount(3).And.OnlyContain(requests => requests.Select(request => request.Token).Distinct(StringComparer.Ordinal).Count() == 1);
        rig.GitHub.Requests.Select(request => request.Token).Where(token => token!.StartsWith("ghs_", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Should().HaveCount(3);
    }

    [Fact]
    public async Task An_installation_has_one_client_whoever_asks_and_however_many()
    {
        await using var rig = await InstallationRig.StartAsync();

        var clients = await Task.WhenAll(Enumerable.Range(0, 1000).Select(call =>
            Task.Run(() => rig.Clients.GetInstallationClient(1 + (call % 50)), TestContext.Current.CancellationToken)));

        clients.Distinct(ReferenceEqualityComparer.Instance).Should().HaveCount(50);
        clients[0].Should().BeSameAs(rig.Clients.GetInstallationClient(1)).And.NotBeSameAs(rig.Clients.GetClient());
    }

    [Fact]
    public async Task The_installation_of_the_registered_client_is_that_client()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.AsInstallation = true);

        fixture.Clients.GetInstallationClient(ClientSetup.InstallationId).Should().BeSameAs(fixture.Client);
        fixture.Clients.GetInstallationClient(8).Should().NotBeSameAs(fixture.Client);
    }

    [Fact]
    public async Task A_limit_of_one_installation_leaves_the_others_free()
    {
        await using var rig = await InstallationRig.StartAsync();
        rig.GitHub.When(HttpMethod.Get, "/repos/org1/api").Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(5)));

        await FluentActions.Awaiting(() => rig.GetAsync(1)).Should().ThrowAsync<ScmRateLimitException>();
        var sent = rig.GitHub.Requests.Count;
        await FluentActions.Awaiting(() => rig.GetAsync(1)).Should().ThrowAsync<ScmRateLimitException>();

        rig.GitHub.Requests.Should().HaveCount(sent, "the gate of the first is closed");
        await rig.GetAsync(2);
    }

    [Fact]
    public async Task An_open_circuit_of_one_installation_leaves_the_others_closed()
    {
        await using var rig = await InstallationRig.StartAsync();
        rig.GitHub.When(HttpMethod.Get, "/repos/org1/api").Answer(Answers.ServerError());
        for (var call = 0; call < 20; call++)
        {
            await FluentActions.Awaiting(() => rig.GetAsync(1)).Should().ThrowAsync<ScmException>();
        }

        await FluentActions.Awaiting(() => rig.GetAsync(1)).Should().ThrowAsync<ScmCircuitOpenException>();
        await rig.GetAsync(2);
    }

    [Fact]
    public async Task No_installation_reads_what_another_has_been_told()
    {
        await using var rig = await InstallationRig.StartAsync();
        await rig.GetAsync(1);
        (await rig.AsksAsync(1)).Should().BeTrue();
        (await rig.AsksAsync(1)).Should().BeFalse();

        var stranger = rig.Clients.GetInstallationClient(2);
        (await stranger.FindCachedTreeAsync(InstallationRig.Api(1), "main", TestContext.Current.CancellationToken)).Should().BeNull();
        await stranger.Awaiting(client => client.GetCachedTreeAsync(InstallationRig.Api(1), cancellationToken: TestContext.Current.CancellationToken)).Should().ThrowAsync<ScmNotFoundException>();
        await stranger.InvalidateTreeAsync(InstallationRig.Api(1), "main", TestContext.Current.CancellationToken);
        await rig.Clients.InvalidateAsync(new GitHubInstallationEvent { Name = "installation", InstallationId = 2 }, TestContext.Current.CancellationToken);

        (await rig.AsksAsync(1)).Should().BeFalse("what the other forgets is its own");
    }

    [Fact]
    public async Task The_trees_of_all_installations_share_the_bytes_of_one_cache()
    {
        await using var rig = await InstallationRig.StartAsync(3, options => options.Trees.CacheBytes = 1024 * 1024);
        for (var installation = 1; installation <= 3; installation++)
        {
            rig.GitHub.Push(InstallationRig.Api(installation).FullName, FakeTree.Generate(4_000, installation));
            await rig.AsksAsync(installation);
            (await rig.AsksAsync(installation)).Should().BeFalse("one of them fits in a MiB, and two");
        }

        (await rig.Clients.GetInstallationClient(1).FindCachedTreeAsync(InstallationRig.Api(1), "main", TestContext.Current.CancellationToken)).Should().BeNull("three do not");
    }

    [Fact]
    public async Task The_one_unused_for_longest_is_put_out_and_works_on_for_whoever_holds_it()
    {
        await using var rig = await InstallationRig.StartAsync(3, options => options.MaxInstallationClients = 2);
        var held = rig.Clients.GetInstallationClient(1);
        await rig.AsksAsync(1);
        rig.Touch(2);
        rig.Touch(3);

        (await rig.AsksAsync(held, InstallationRig.Api(1))).Should().BeFalse();
        rig.Clients.GetInstallationClient(1).Should().BeSameAs(held, "an installation has one client at a time");
        rig.Mints.Should().Be(1);
    }

    [Fact]
    public async Task A_handler_keeps_its_installations_client()
    {
        await using var rig = await InstallationRig.StartAsync(2, options => options.MaxInstallationClients = 1);
        using var handler = rig.Clients.CreateInstallationHandler(1);
        var client = rig.Touch(1);
        rig.Touch(2);
        await CollectAsync();

        client.IsAlive.Should().BeTrue();
        using var http = new HttpClient(handler, disposeHandler: false);
        (await http.GetAsync(new Uri(rig.GitHub.Address, "repos/org1/api"), TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        GC.KeepAlive(handler);
    }

    [Fact]
    public async Task Those_that_were_put_out_and_let_go_are_gone()
    {
        await using var rig = await InstallationRig.StartAsync(3, options => options.MaxInstallationClients = 5);
        await rig.AsksAsync(1);
        var made = Enumerable.Range(1, 300).Select(number => rig.Touch(number)).ToList();

        await CollectAsync();

        made.Count(client => client.IsAlive).Should().Be(5);
        made.TakeLast(5).Should().OnlyContain(client => client.IsAlive);
    }

    [Fact]
    public async Task An_installation_that_was_let_go_begins_anew()
    {
        await using var rig = await InstallationRig.StartAsync(2, options => options.MaxInstallationClients = 1);
        await rig.AsksAsync(1);
        rig.Touch(2);
        await CollectAsync();

        (await rig.AsksAsync(1)).Should().BeTrue("nobody could tell it meanwhile what was pushed");
    }

    [Fact]
    public async Task A_webhook_reaches_every_client_that_was_made_and_makes_none()
    {
        await using var rig = await InstallationRig.StartAsync(3, options => options.MaxInstallationClients = 1, setup => setup.MoreClients = (builder, gitHub) =>
        {
            builder.AddGitHub("other", options =>
            {
                options.ApiAddress = gitHub.Address;
                options.UseToken(ClientSetup.Token);
            });
            builder.AddGitHub("unused", _ => throw new InvalidOperationException("made"));
        });
        var other = rig.Clients.GetClient("other");
        var api = InstallationRig.Api(1);
        var (putOut, kept) = (rig.Clients.GetInstallationClient(1), rig.Clients.GetInstallationClient(2));
        await rig.AsksAsync(putOut, api);
        await rig.AsksAsync(other, api);

        await rig.Clients.InvalidateAsync(Push(api, installation: 1), TestContext.Current.CancellationToken);

        (await rig.AsksAsync(putOut, api)).Should().BeTrue();
        (await rig.AsksAsync(other, api)).Should().BeTrue();
        GC.KeepAlive(kept);
    }

    [Fact]
    public async Task One_client_that_fails_does_not_keep_the_others_from_being_told()
    {
        var broken = new BreakableCredential();
        await using var rig = await InstallationRig.StartAsync(1, more: setup => setup.MoreClients = (builder, gitHub) =>
        {
            builder.AddGitHub("first", options => (options.ApiAddress, options.Credential) = (gitHub.Address, broken));
            builder.AddGitHub("second", options => (options.ApiAddress, options.Credential) = (gitHub.Address, broken));
        });
        _ = (rig.Clients.GetClient("first"), rig.Clients.GetClient("second"));
        await rig.AsksAsync(1);
        broken.IsBroken = true;

        await rig.Clients.Awaiting(clients => clients.InvalidateAsync(Push(InstallationRig.Api(1), installation: 1), TestContext.Current.CancellationToken).AsTask())
            .Should().ThrowAsync<AggregateException>().Where(thrown => thrown.InnerExceptions.Count == 2);

        (await rig.AsksAsync(1)).Should().BeTrue();
    }

    [Fact]
    public async Task What_nobody_can_ask_for_is_refused()
    {
        await using var rig = await InstallationRig.StartAsync(1, more: setup => setup.MoreClients = (builder, _) => builder.AddGitHub("token", options => options.UseToken("a-token")));

        rig.Clients.Invoking(clients => clients.GetInstallationClient(0)).Should().Throw<ArgumentOutOfRangeException>();
        rig.Clients.Invoking(clients => clients.CreateInstallationHandler(-1)).Should().Throw<ArgumentOutOfRangeException>();
        rig.Clients.Invoking(clients => clients.GetInstallationClient(1, "token")).Should().Throw<InvalidOperationException>().WithMessage("*'token'*has no App*");
        rig.Clients.Invoking(clients => clients.GetInstallationClient(1, "nobody")).Should().Throw<InvalidOperationException>().WithMessage("*'nobody'*AddGitHub*");
        await rig.Clients.Awaiting(clients => clients.InvalidateAsync(null!).AsTask()).Should().ThrowAsync<ArgumentNullException>();
        await rig.Clients.Awaiting(clients => clients.InvalidateAsync(new GitHubInstallationEvent(), new CancellationToken(canceled: true)).AsTask()).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Telemetry_knows_the_registered_name_alone()
    {
        await using var rig = await InstallationRig.StartAsync();
        using var metrics = new MetricRecorder(rig.Fixture.Services.GetRequiredService<InteractionTelemetry>().Meter);

        await rig.GetAsync(1);
        await rig.GetAsync(2);

        metrics.Of(ScmTelemetry.InteractionsInstrument).Select(one => one.Tags[ScmTelemetry.ClientTag]).Should().HaveCount(4).And.AllBeEquivalentTo("default");
    }

    [Fact]
    public async Task After_the_provider_there_are_none()
    {
        IGitHubIntegrationClientFactory clients;
        await using (var rig = await InstallationRig.StartAsync())
        {
            clients = rig.Clients;
            await rig.GetAsync(1);
        }

        clients.Invoking(factory => factory.GetInstallationClient(1)).Should().Throw<ObjectDisposedException>();
    }

    private static GitHubPushEvent Push(RepositoryRef repository, long installation) => new()
    {
        Name = "push",
        Ref = "refs/heads/main",
        Repository = repository,
        DefaultBranch = "main",
        InstallationId = installation,
    };

    private static async Task CollectAsync()
    {
        // Away from the stack that the last answer came up.
        await Task.Yield();
        for (var round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private sealed class BreakableCredential : IGitHubCredential
    {
        public bool IsBroken { get; set; }

        public string Identity => IsBroken ? throw new InvalidOperationException("broken") : "breakable";

        public CredentialOwner Owner => CredentialOwner.Operator;

        public bool CanRenew => false;

        public ValueTask<GitHubToken> GetTokenAsync(CancellationToken cancellationToken = default) => new(new GitHubToken("a-token"));

        public void Invalidate(GitHubToken token)
        {
        }
    }
}
