using System.Globalization;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;
using ScmIntegrations.Tests.Interactions;

namespace ScmIntegrations.Tests.GitHub.Authentication;

/// <summary>The life of an installation's token: minted once, kept, renewed ahead of its end.</summary>
public sealed class InstallationTokenTests
{
    private const string Mint = "/app/installations/7/access_tokens";

    [Fact]
    public async Task A_token_is_kept_until_shortly_before_its_end()
    {
        await using var fixture = await StartAsync();
        await fixture.GetApiAsync();
        fixture.GitHub.When(HttpMethod.Post, Mint).Answer(Answers.NotFound());

        // The renewal in the background fails, and the token serves on.
        fixture.Time.Advance(TimeSpan.FromSeconds((59 * 60) - 1));
        await fixture.GetApiAsync();
        fixture.Time.Advance(TimeSpan.FromSeconds(1));

        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmInstallationException>("a request must not set out with a token that ends under way");
    }

    [Fact]
    public async Task A_token_that_has_ended_is_minted_anew()
    {
        await using var fixture = await StartAsync();
        await fixture.GetApiAsync();

        fixture.Time.Advance(TimeSpan.FromHours(3));
        await fixture.GetApiAsync();

        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(2);
        TokensUsed(fixture).Should().HaveCount(2);
    }

    [Fact]
    public async Task Near_its_end_a_token_is_renewed_once_in_the_background_and_serves_meanwhile()
    {
        await using var fixture = await StartAsync();
        await fixture.GetApiAsync();
        fixture.GitHub.When(HttpMethod.Post, Mint).Answer(Answers.Real().After(TimeSpan.FromSeconds(1)));

        fixture.Time.Advance(TimeSpan.FromMinutes(51));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => fixture.GetApiAsync()));
        await fixture.GitHub.WaitForRequestsAsync(HttpMethod.Post, Mint, 2, TestContext.Current.CancellationToken);
        await fixture.GetApiAsync();

        TokensUsed(fixture).Should().ContainSingle("the old token serves while the new one is on its way");
        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(2);

        await fixture.Time.WaitForTimerAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(fixture, () => TokensUsed(fixture).Count == 2);
        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(2);
    }

    [Fact]
    public async Task A_renewal_that_fails_is_logged_and_tried_again_later()
    {
        await using var fixture = await StartAsync();
        await fixture.GetApiAsync();
        var fault = fixture.GitHub.When(HttpMethod.Post, Mint).Answer(Answers.ServerError(501));

        fixture.Time.Advance(TimeSpan.FromMinutes(51));
        await UntilAsync(fixture, () => fixture.Log.Lines.Any(line => line.Event.Id == 1101));
        await fixture.GetApiAsync();
        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(2, "after a failure it is left alone for a while");

        fixture.Time.Advance(TimeSpan.FromSeconds(30));
        fault.Remove();
        await UntilAsync(fixture, () => TokensUsed(fixture).Count == 2);

        fixture.CountedOutcomes.Should().NotContain("failure").And.NotContain("halted");
    }

    [Theory]
    [InlineData(-7200)]
    [InlineData(0)]
    [InlineData(7200)]
    public async Task The_servers_clock_neither_shortens_nor_lengthens_the_life_of_a_token(int skewSeconds)
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.AsInstallation = true;
            setup.Time = new ManualTimeProvider();
            setup.GitHub = options => options.RequireCredentials = false;
        });
        var date = fixture.Time.GetUtcNow().AddSeconds(skewSeconds);
        fixture.GitHub.When(HttpMethod.Post, Mint).Answer(Answers
            .Json(201, $$"""{"token":"ghs_skewed","expires_at":"{{date.AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}}"}""")
            .WithHeader("Date", date.ToString("r", CultureInfo.InvariantCulture)));

        await fixture.GetApiAsync();
        fixture.Time.Advance(TimeSpan.FromMinutes(49));
        await fixture.GetApiAsync();
        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(1);

        fixture.Time.Advance(TimeSpan.FromMinutes(10));
        await fixture.GetApiAsync();
        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(2);
    }

    [Fact]
    public async Task A_thousand_callers_share_one_mint()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.AsInstallation = true);

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(fixture.GetApiAsync)));

        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(1);
        TokensUsed(fixture).Should().ContainSingle();
    }

    [Fact]
    public async Task A_caller_who_comes_just_after_a_mint_does_not_mint_again()
    {
        for (var round = 0; round < 300; round++)
        {
            var mints = 0;
            var credential = new InstallationCredential(
                7,
                _ => Task.FromResult(new GitHubToken($"t{Interlocked.Increment(ref mints)}")),
                TimeProvider.System,
                Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

            await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => credential.GetTokenAsync(TestContext.Current.CancellationToken).AsTask())));

            mints.Should().Be(1);
        }
    }

    [Fact]
    public async Task A_caller_who_leaves_does_not_end_the_mint_of_the_others()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Post, Mint).Answer(Answers.Real().After(TimeSpan.FromSeconds(5)));
        using var impatient = new CancellationTokenSource();

        var leaving = fixture.Client.GetRepositoryAsync(Requests.Api, impatient.Token);
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        var staying = fixture.GetApiAsync();
        await impatient.CancelAsync();
        (await FluentActions.Awaiting(() => leaving).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(impatient.Token);
        await fixture.Time.WaitForTimerAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(5));

        await staying;
        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(1);
    }

    [Fact]
    public async Task A_failing_mint_is_retried_by_itself_alone()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.AsInstallation = true);
        fixture.GitHub.When(HttpMethod.Post, Mint).Times(2).Answer(Answers.ServerError(503));

        await fixture.GetApiAsync();

        fixture.GitHub.Requests.Select(request => request.Method.Method).Should().Equal("POST", "POST", "POST", "GET");
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Theory]
    [InlineData("""{"token":"has spaces and ghs_secret","expires_at":"2026-01-01T13:00:00Z"}""")]
    [InlineData("""{"token":"","expires_at":"2026-01-01T13:00:00Z"}""")]
    [InlineData("""{"token":"ghs_secret"}""")]
    [InlineData("""{"token":"ghs_secret","expires_at":"soon"}""")]
    [InlineData("""{"token":null,"expires_at":"2026-01-01T13:00:00Z"}""")]
    [InlineData("""{"expires_at":"2026-01-01T13:00:00Z"}""")]
    [InlineData("")]
    public async Task A_mint_that_gives_no_token_sends_nothing(string body)
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Post, Mint).Answer(Answers.Json(201, body));

        var call = fixture.GetApiAsync;

        (await call.Should().ThrowAsync<ScmUnreadableResponseException>()).Which.ToString().Should().NotContain("ghs_secret");
        fixture.GitHub.Count(HttpMethod.Get, "/repos/acme/api").Should().Be(0);
    }

    [Fact]
    public async Task An_installation_that_is_not_there_says_so()
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.AsInstallation = true;
            setup.Client = options => options.UseInstallation(ClientSetup.ClientId, TestKeys.Pkcs1, 8);
        });

        var call = fixture.GetApiAsync;

        (await call.Should().ThrowAsync<ScmInstallationException>()).Which.Message.Should().Contain("/app/installations/8/");
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.CountedOutcomes.Should().Equal("started", "halted");
    }

    [Fact]
    public async Task A_suspended_installation_is_refused()
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.AsInstallation = true;
            setup.MoreClients = (_, gitHub) => gitHub.When(HttpMethod.Post, Mint).Answer(Answers.InstallationSuspended());
        });

        var call = fixture.GetApiAsync;

        (await call.Should().ThrowAsync<ScmForbiddenException>()).Which.Message.Should().Contain("suspended");
        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(1);
        fixture.GitHub.Count(HttpMethod.Get, "/repos/acme/api").Should().Be(0);
        fixture.CountedOutcomes.Should().Equal("started", "halted");
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_stretch_the_memory_of_a_failed_mint()
    {
        var (time, mints) = (new ManualTimeProvider(), 0);
        var credential = new InstallationCredential(
            7,
            _ =>
            {
                mints++;
                throw ScmException.From(new ScmError { Reason = ErrorReason.InstallationGone, Origin = ErrorOrigin.GitHub, Status = System.Net.HttpStatusCode.NotFound, Message = "gone" });
            },
            time,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var ask = async () => await credential.GetTokenAsync(TestContext.Current.CancellationToken);
        await ask.Should().ThrowAsync<ScmException>();

        time.SetUtcNow(time.GetUtcNow().AddDays(-365));
        await ask.Should().ThrowAsync<ScmException>();
        mints.Should().Be(1, "no time has passed, whatever the clock says");
        time.Advance(TimeSpan.FromMinutes(10));
        await ask.Should().ThrowAsync<ScmException>();

        mints.Should().Be(2, "ten minutes have passed, whatever the clock says");
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(0)]
    public async Task A_renewal_is_tried_again_after_half_a_minute_of_a_clock_that_was_set_back(int minutes)
    {
        var (time, mints) = (new ManualTimeProvider(), 0);
        using var log = new RecordingLoggerFactory();
        var credential = new InstallationCredential(
            7,
            _ => ++mints == 1
                ? Task.FromResult(new GitHubToken("first", time.GetUtcNow().AddMinutes(5)))
                : throw ScmException.From(new ScmError { Reason = ErrorReason.ServerError, Origin = ErrorOrigin.GitHub, Status = System.Net.HttpStatusCode.BadGateway, Message = "down" }),
            time,
            log.CreateLogger("test"));
        await credential.GetTokenAsync(TestContext.Current.CancellationToken);
        await RenewAsync(1);

        time.SetUtcNow(time.GetUtcNow().AddMinutes(minutes));
        time.Advance(TimeSpan.FromSeconds(30));

        await RenewAsync(2);
        mints.Should().Be(3);

        async Task RenewAsync(int expected)
        {
            for (var call = 0; log.Lines.Count(line => line.Event.Id == 1101) < expected; call++)
            {
                call.Should().BeLessThan(100_000);
                await credential.GetTokenAsync(TestContext.Current.CancellationToken);
                await Task.Yield();
            }
        }
    }

    private static Task<ClientFixture> StartAsync() => ClientFixture.StartAsync(setup => (setup.AsInstallation, setup.Time) = (true, new ManualTimeProvider()));

    private static List<string> TokensUsed(ClientFixture fixture) =>
        [.. fixture.GitHub.Find(HttpMethod.Get, "/repos/acme/api").Select(request => request.Token!).Distinct(StringComparer.Ordinal)];

    /// <summary>Calls until what happens in the background has happened.</summary>
    private static async Task UntilAsync(ClientFixture fixture, Func<bool> condition)
    {
        for (var call = 0; !condition(); call++)
        {
            call.Should().BeLessThan(2000);
            await fixture.GetApiAsync();
        }
    }
}
