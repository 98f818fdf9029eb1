using System.Net;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.UserTokens;

/// <summary>A code becomes a token once.</summary>
public sealed class CodeExchangeTests
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static readonly Uri Back = new("https://acme.example/back");

    [Fact]
    public async Task A_code_becomes_a_pair_of_tokens_with_their_ends()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var now = rig.Time.GetUtcNow();

        var token = await rig.Client.ExchangeCodeAsync(rig.App.Authorize("octocat"), cancellationToken: UserTokenRig.Cancellation);

        var grant = rig.App.Grants.Should().ContainSingle().Subject;
        token.AccessToken.Value.Should().Be(grant.AccessToken).And.StartWith("ghu_");
        token.AccessToken.ExpiresAt.Should().Be(now + TimeSpan.FromHours(8));
        token.AccessToken.IssuedAt.Should().Be(now);
        token.RefreshToken!.Value.Should().Be(grant.RefreshToken).And.StartWith("ghr_");
        token.RefreshToken.ExpiresAt.Should().Be(now + TimeSpan.FromSeconds(15_897_600));
        token.Scopes.Should().BeEmpty();
        (await rig.StatusOfAsync(token.AccessToken.Value)).Should().Be(HttpStatusCode.OK);
        rig.CountedInteractions.Should().Be(0, "a mint is no interaction of its own");
    }

    [Fact]
    public async Task The_request_is_a_form_that_wants_JSON_and_keeps_the_secret_out_of_the_address()
    {
        await using var rig = await UserTokenRig.StartAsync(options => options.UserAgent = "acme-desk");
        var code = rig.App.Authorize("octocat", Back, Challenge);

        await rig.Client.ExchangeCodeAsync(code, Back, Verifier, UserTokenRig.Cancellation);

        var request = rig.GitHub.Requests.Should().ContainSingle().Subject;
        request.Target.Should().Be(UserTokenRig.TokenPath);
        request.Headers["Accept"].Should().Be("application/json");
        request.Headers["Content-Type"].Should().Be("application/x-www-form-urlencoded");
        request.Headers["User-Agent"].Should().Be("acme-desk");
        request.Headers.Should().NotContainKey("Authorization");
        rig.Form().Should().Equal(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["client_id"] = UserTokenRig.ClientId,
            ["client_secret"] = UserTokenRig.Secret,
            ["code"] = code,
            ["redirect_uri"] = Back.AbsoluteUri,
            ["code_verifier"] = Verifier,
        });
    }

    [Fact]
    public async Task What_is_not_given_is_not_sent()
    {
        await using var rig = await UserTokenRig.StartAsync();

        await rig.Client.ExchangeCodeAsync(rig.App.Authorize("octocat"), cancellationToken: UserTokenRig.Cancellation);

        rig.Form().Keys.Should().Equal("client_id", "client_secret", "code");
    }

    [Fact]
    public async Task An_OAuth_Apps_token_has_scopes_and_no_end()
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.App.IsOAuthApp = true;

        var token = await rig.Client.ExchangeCodeAsync(rig.App.Authorize("octocat", scopes: ["repo", "gist"]), cancellationToken: UserTokenRig.Cancellation);

        token.AccessToken.Value.Should().StartWith("gho_");
        token.AccessToken.ExpiresAt.Should().BeNull();
        token.RefreshToken.Should().BeNull();
        token.Scopes.Should().Equal("repo", "gist");
    }

    [Fact]
    public async Task A_code_works_once_and_for_ten_minutes()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var used = rig.App.Authorize("octocat");
        await rig.Client.ExchangeCodeAsync(used, cancellationToken: UserTokenRig.Cancellation);
        var old = rig.App.Authorize("octocat");
        rig.Time.Advance(TimeSpan.FromMinutes(10));

        foreach (var code in (string[])[used, old, "unknown"])
        {
            var error = await UserTokenRig.FailAsync(() => rig.Client.ExchangeCodeAsync(code, cancellationToken: UserTokenRig.Cancellation));
            error.Should().BeOfType<ScmUnauthorizedException>().Which.Reason.Should().Be(ErrorReason.BadCredentials);
            error.Error.CredentialOwner.Should().Be(CredentialOwner.Customer);
            error.IsExpected.Should().BeTrue();
            error.Message.Should().Contain("bad_verification_code").And.Contain("incorrect or expired");
        }

        rig.CountedRetries.Should().Be(0);
    }

    [Fact]
    public async Task Another_redirect_address_or_verifier_is_refused()
    {
        await using var rig = await UserTokenRig.StartAsync();

        (await UserTokenRig.FailAsync(() => rig.Client.ExchangeCodeAsync(rig.App.Authorize("octocat", Back), new("https://acme.example/other"), cancellationToken: UserTokenRig.Cancellation)))
            .Should().BeOfType<ScmValidationException>().Which.Message.Should().Contain("redirect_uri_mismatch");
        (await UserTokenRig.FailAsync(() => rig.Client.ExchangeCodeAsync(rig.App.Authorize("octocat", codeChallenge: Challenge), codeVerifier: new('a', 43), cancellationToken: UserTokenRig.Cancellation)))
            .Reason.Should().Be(ErrorReason.BadCredentials);
    }

    public static TheoryData<string, Answer> UnknownEnds => new()
    {
        { "reset", Answers.Reset() },
        { "broken body", Answers.Real().ResetAfter(20) },
        { "carried out, then 502", Answers.CarriedOut(Answers.ServerError()) },
        { "503", Answers.ServerError(503) },
    };

    [Theory]
    [MemberData(nameof(UnknownEnds))]
    public async Task An_exchange_with_an_unknown_end_is_not_sent_again(string what, Answer answer)
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(answer);

        var error = await UserTokenRig.FailAsync(() => rig.Client.ExchangeCodeAsync(rig.App.Authorize("octocat"), cancellationToken: UserTokenRig.Cancellation));

        error.Should().BeOfType<ScmAmbiguousWriteException>(what);
        error.IsTransient.Should().BeFalse();
        rig.Asked.Should().Be(1);
    }

    [Fact]
    public async Task An_exchange_that_was_never_sent_is_tried_again()
    {
        await using var rig = await UserTokenRig.StartAsync(address: ClosedPort.Find());

        var error = await UserTokenRig.FailAsync(() => rig.Client.ExchangeCodeAsync("code", cancellationToken: UserTokenRig.Cancellation));

        error.Should().BeOfType<ScmTransportException>();
        error.Error.Rule.Should().Be("2");
        rig.CountedRetries.Should().Be(2);
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_sent()
    {
        await using var rig = await UserTokenRig.StartAsync(options => options.ClientSecret = null);

        var exchange = () => rig.Client.ExchangeCodeAsync("code", cancellationToken: UserTokenRig.Cancellation);

        (await exchange.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*ClientSecret*");
        rig.GitHub.Requests.Should().BeEmpty();
    }

    public static TheoryData<string?, Uri?, string?> WrongArguments => new()
    {
        { null, null, null },
        { "", null, null },
        { " ", null, null },
        { "a b", null, null },
        { "a\r\nb", null, null },
        { "é", null, null },
        { new string('c', 1025), null, null },
        { "code", new Uri("/back", UriKind.Relative), null },
        { "code", null, new string('v', 42) },
        { "code", null, new string('v', 129) },
        { "code", null, new string('v', 43) + "&" },
    };

    [Theory]
    [MemberData(nameof(WrongArguments))]
    public async Task What_cannot_be_a_code_is_not_sent_and_not_shown(string? code, Uri? redirect, string? verifier)
    {
        await using var rig = await UserTokenRig.StartAsync();

        var exchange = () => rig.Client.ExchangeCodeAsync(code!, redirect, verifier, UserTokenRig.Cancellation);

        var error = (await exchange.Should().ThrowAsync<ArgumentException>()).Which;
        error.Message.Should().NotContain(verifier ?? "nothing").And.NotContain("a b");
        rig.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_cancelled_exchange_ends_at_once()
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(Answers.Stall());
        using var cancellation = new CancellationTokenSource();

        var exchange = rig.Client.ExchangeCodeAsync(rig.App.Authorize("octocat"), cancellationToken: cancellation.Token);
        await rig.GitHub.WaitForRequestsAsync(1, UserTokenRig.Cancellation);
        await cancellation.CancelAsync();

        (await FluentActions.Awaiting(() => exchange).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancellation.Token);
    }

    [Fact]
    public async Task Lifetimes_count_from_the_question_however_long_the_answer_takes()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var asked = rig.Time.GetUtcNow();
        rig.WhenTokenIsAsked().Answer(Answers.Real().After(TimeSpan.FromSeconds(19)));

        var token = await rig.Client.ExchangeCodeAsync(rig.App.Authorize("octocat"), cancellationToken: UserTokenRig.Cancellation);

        token.AccessToken.ExpiresAt.Should().Be(asked + TimeSpan.FromHours(8), "too early does no harm, too late would");
        token.AccessToken.IssuedAt.Should().Be(asked + TimeSpan.FromSeconds(19));
    }
}
