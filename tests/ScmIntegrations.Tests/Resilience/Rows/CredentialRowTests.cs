using System.Globalization;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience.Rows;

/// <summary>The credential was refused.</summary>
public sealed class CredentialRowTests
{
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Row_19_a_token_seconds_old_is_sent_once_more_a_second_later(string method)
    {
        await using var fixture = await InstallationAsync();
        fixture.GitHub.When(new HttpMethod(method), "/things").AnswerInTurn(Answers.BadCredentials(), Answers.Text(204));

        await fixture.SendAsync(new HttpMethod(method));

        Mints(fixture).Should().Be(1, "it is the same token");
        Waits(fixture).Should().Equal(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Row_19_is_once_and_then_it_is_row_20()
    {
        await using var fixture = await InstallationAsync();
        fixture.GitHub.When(HttpMethod.Get, "/things").AnswerInTurn(Answers.BadCredentials(), Answers.BadCredentials(), Answers.Text(204));

        await fixture.SendAsync(HttpMethod.Get);

        Mints(fixture).Should().Be(2);
        Things(fixture).Should().Be(3);
    }

    [Fact]
    public async Task Row_19_is_not_for_a_token_that_was_accepted_before()
    {
        await using var fixture = await InstallationAsync();
        await fixture.GetApiAsync();
        fixture.GitHub.When(HttpMethod.Get, "/things").AnswerInTurn(Answers.BadCredentials(), Answers.Text(204));

        await fixture.SendAsync(HttpMethod.Get);

        Mints(fixture).Should().Be(2, "a token that worked and is refused now is over");
        Waits(fixture).Should().BeEmpty();
    }

    [Fact]
    public async Task Row_19_is_not_for_a_token_older_than_five_seconds()
    {
        await using var fixture = await InstallationAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Once().Answer(Answers.NotFound());
        await RowCall.FailAsync(fixture.GetApiAsync);
        fixture.Time.Advance(TimeSpan.FromSeconds(5));
        fixture.GitHub.When(HttpMethod.Get, "/things").AnswerInTurn(Answers.BadCredentials(), Answers.Text(204));

        await fixture.SendAsync(HttpMethod.Get);

        Mints(fixture).Should().Be(2);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task Row_20_a_renewable_credential_is_renewed_once_and_the_call_sent_again(string method)
    {
        await using var fixture = await InstallationAsync();
        await fixture.GetApiAsync();
        fixture.GitHub.When(new HttpMethod(method), "/things").AnswerInTurn(Answers.BadCredentials(), Answers.Text(204));

        await fixture.SendAsync(new HttpMethod(method));

        (Mints(fixture), Things(fixture)).Should().Be((2, 2));
    }

    [Fact]
    public async Task Row_21_a_second_401_surfaces_and_halts_for_the_customer()
    {
        await using var fixture = await InstallationAsync();
        await fixture.GetApiAsync();
        fixture.GitHub.When(HttpMethod.Post, "/things").Answer(Answers.BadCredentials());

        var error = await RowCall.FailAsync(() => fixture.SendAsync(HttpMethod.Post));

        error.Should().BeOfType<ScmUnauthorizedException>();
        error.Error.Rule.Should().Be("21");
        (Mints(fixture), Things(fixture)).Should().Be((2, 3), "the new token is seconds old, and so tried twice");
        fixture.CountedOutcomes.Should().EndWith("halted");
        await fixture.GetApiAsync();
        Mints(fixture).Should().Be(2, "the credential is kept");
    }

    [Fact]
    public async Task Row_21a_a_refused_signature_is_remembered_for_half_a_minute()
    {
        await using var fixture = await InstallationAsync();
        var fault = fixture.GitHub.When(HttpMethod.Post, RowCall.Mint).Answer(Answers.BadCredentials());

        var error = await RowCall.FailAsync(fixture.GetApiAsync);
        await RowCall.FailAsync(fixture.GetApiAsync);

        error.Should().BeOfType<ScmUnauthorizedException>();
        error.Error.Rule.Should().Be("21a");
        Mints(fixture).Should().Be(1);
        fixture.CountedOutcomes.Should().Equal("started", "failure", "started", "failure");
        fault.Remove();
        fixture.Time.Advance(TimeSpan.FromSeconds(30));
        await fixture.GetApiAsync();
    }

    [Fact]
    public async Task Row_22_a_read_seen_as_anonymous_is_tried_once_more_and_a_good_token_keeps_its_name()
    {
        await using var fixture = await ClientFixture.StartAsync(Patient);
        await fixture.GetApiAsync();
        fixture.GitHub.When(HttpMethod.Get, "/things").Answer(Answers.AuthenticationOutage());

        var error = await RowCall.FailAsync(() => fixture.SendAsync(HttpMethod.Get));

        error.Should().BeOfType<ScmUnauthorizedException>();
        (error.Reason, error.Error.Rule, error.IsTransient, error.IsExpected).Should().Be((ErrorReason.SeenAsAnonymous, "22", true, false));
        Things(fixture).Should().Be(2);
        Waits(fixture).Should().ContainSingle().Which.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1)).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Row_22_of_a_token_that_never_worked_ends_as_a_refused_token()
    {
        await using var fixture = await ClientFixture.StartAsync(Patient);
        fixture.GitHub.When(HttpMethod.Get, "/things").Answer(Answers.AuthenticationOutage());

        var error = await RowCall.FailAsync(() => fixture.SendAsync(HttpMethod.Get));

        (error.Reason, error.Error.Rule).Should().Be((ErrorReason.BadCredentials, "23"), "older servers say so of every bad token");
        Things(fixture).Should().Be(2);
    }

    [Fact]
    public async Task Row_22_of_a_renewable_credential_goes_on_to_renew_it()
    {
        await using var fixture = await InstallationAsync();
        await fixture.GetApiAsync();
        fixture.GitHub.When(HttpMethod.Get, "/things").AnswerInTurn(Answers.AuthenticationOutage(), Answers.AuthenticationOutage(), Answers.Text(204));

        await fixture.SendAsync(HttpMethod.Get);

        Mints(fixture).Should().Be(2);
    }

    [Fact]
    public async Task Row_22a_a_write_seen_as_anonymous_surfaces()
    {
        await using var fixture = await ClientFixture.StartAsync(Patient);
        await fixture.GetApiAsync();
        fixture.GitHub.When(HttpMethod.Post, "/things").Answer(Answers.AuthenticationOutage());

        var error = await RowCall.FailAsync(() => fixture.SendAsync(HttpMethod.Post));

        (error.Reason, error.Error.Rule).Should().Be((ErrorReason.SeenAsAnonymous, "22a"));
        Things(fixture).Should().Be(1);
    }

    [Theory]
    [InlineData(CredentialOwner.Customer, true)]
    [InlineData(CredentialOwner.Operator, false)]
    public async Task Row_23_a_token_that_cannot_be_renewed_surfaces(CredentialOwner owner, bool halts) =>
        await RowCall.EachAsync(
            RowCall.Any,
            _ => RowCall.OverAsync(Answers.BadCredentials(), setup => setup.Client = options => options.UseToken(ClientSetup.Token, owner)),
            (fixture, error) => error.ShouldSurface<ScmUnauthorizedException>(fixture, "23", requests: 1, halts));

    [Theory]
    [InlineData(-7200)]
    [InlineData(7200)]
    public async Task Row_24_a_signature_refused_for_its_time_is_made_again_by_GitHubs_clock(int skewSeconds)
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            (setup.AsInstallation, setup.Time) = (true, new ManualTimeProvider());
            setup.ServerTime = new ManualTimeProvider(setup.Time.GetUtcNow().AddSeconds(skewSeconds));
        });

        await fixture.GetApiAsync();

        Mints(fixture).Should().Be(2, "one is refused, and the next is dated right");
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task Row_24_is_once_and_the_operators_to_repair()
    {
        await using var fixture = await InstallationAsync();
        fixture.GitHub.When(HttpMethod.Post, RowCall.Mint).Answer(Answers.GitHubError(401, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"));

        var error = await RowCall.FailAsync(fixture.GetApiAsync);

        error.ShouldSurface<ScmUnauthorizedException>(fixture, "21a", requests: 2, halts: false);
        error.Reason.Should().Be(ErrorReason.ClockSkew);
        RetryTable.Find(OperationClass.TokenMint, RetryCondition.CanRefresh, ErrorReason.ClockSkew, ErrorOrigin.GitHub, 401).Number.Should().Be("24");
    }

    [Theory]
    [InlineData(403, ErrorReason.InstallationSuspended)]
    [InlineData(404, ErrorReason.InstallationGone)]
    public async Task Row_25_an_installation_that_is_suspended_or_gone_is_remembered_for_ten_minutes(int status, ErrorReason reason)
    {
        await using var fixture = await InstallationAsync();
        var fault = fixture.GitHub.When(HttpMethod.Post, RowCall.Mint).Answer(status is 403 ? Answers.InstallationSuspended() : Answers.NotFound());

        var error = await RowCall.FailAsync(fixture.GetApiAsync);
        fixture.Time.Advance(TimeSpan.FromSeconds(599));
        await RowCall.FailAsync(fixture.GetApiAsync);

        error.Should().BeOfType<ScmInstallationException>();
        (error.Reason, error.Error.Rule).Should().Be((reason, "25"));
        Mints(fixture).Should().Be(1);
        fixture.CountedOutcomes.Should().Equal("started", "halted", "started", "halted");
        fault.Remove();
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await fixture.GetApiAsync();
    }

    [Fact]
    public async Task Row_26_a_permission_that_a_new_token_seems_to_lack_is_looked_at_once_more()
    {
        await using var fixture = await InstallationAsync();
        fixture.GitHub.When(HttpMethod.Get, "/things").AnswerInTurn(Answers.PermissionDenied(), Answers.Text(204));

        await fixture.SendAsync(HttpMethod.Get);

        (Mints(fixture), Things(fixture)).Should().Be((1, 2));
        Waits(fixture).Should().Equal(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("GET", true)]
    [InlineData("POST", false)]
    public async Task Row_26_is_not_for_a_proven_token_nor_for_a_write(string method, bool isProven)
    {
        await using var fixture = await InstallationAsync();
        if (isProven)
        {
            await fixture.GetApiAsync();
        }

        fixture.GitHub.When(new HttpMethod(method), "/things").Answer(Answers.PermissionDenied());

        (await RowCall.FailAsync(() => fixture.SendAsync(new HttpMethod(method)))).Error.Rule.Should().Be("27");
        Things(fixture).Should().Be(1);
    }

    [Fact]
    public async Task Retries_switched_off_leave_the_renewal_alone()
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            Patient(setup);
            setup.AsInstallation = true;
            setup.Client = options => options.Resilience.MaxAttempts = 1;
        });
        await fixture.GetApiAsync();
        fixture.GitHub.When(HttpMethod.Get, "/things").AnswerInTurn(Answers.AuthenticationOutage(), Answers.Text(204));

        await fixture.SendAsync(HttpMethod.Get);

        (Mints(fixture), Things(fixture)).Should().Be((2, 2));
    }

    [Fact]
    public async Task A_token_of_ones_own_says_itself_when_it_was_issued()
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            Patient(setup);
            setup.Client = options => (options.Credential, options.App) = (new Issued(setup.Time!.GetUtcNow()), null);
        });
        fixture.GitHub.When(HttpMethod.Get, "/things").AnswerInTurn(Answers.BadCredentials(), Answers.Text(204));

        await fixture.SendAsync(HttpMethod.Get);

        Waits(fixture).Should().Equal(TimeSpan.FromSeconds(1));
    }

    private static Task<ClientFixture> InstallationAsync() => ClientFixture.StartAsync(setup =>
    {
        Patient(setup);
        setup.AsInstallation = true;
    });

    private static void Patient(ClientSetup setup) => setup.Time = new ManualTimeProvider { AutoAdvance = true, AutoAdvanceUpTo = TimeSpan.FromSeconds(5) };

    private static int Mints(ClientFixture fixture) => fixture.GitHub.Count(HttpMethod.Post, RowCall.Mint);

    private static int Things(ClientFixture fixture) => fixture.GitHub.Requests.Count(request => request.Path.Equals("/things", StringComparison.Ordinal));

    private static IEnumerable<TimeSpan> Waits(ClientFixture fixture) =>
        fixture.Time.RequestedDelays.Where(delay => delay > TimeSpan.Zero && delay < TimeSpan.FromSeconds(5));

    private sealed class Issued(DateTimeOffset at) : IGitHubCredential
    {
        private readonly GitHubToken _token = new(ClientSetup.Token) { IssuedAt = at };

        public string Identity => string.Create(CultureInfo.InvariantCulture, $"issued:{at:O}");

        public CredentialOwner Owner => CredentialOwner.Customer;

        public bool CanRenew => false;

        public ValueTask<GitHubToken> GetTokenAsync(CancellationToken cancellationToken = default) => new(_token);

        public void Invalidate(GitHubToken token)
        {
        }
    }
}
