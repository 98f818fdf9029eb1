using System.Net;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.GitHub.UserTokens;

/// <summary>A refresh token becomes a new pair once. What its failures do is in the rows of the retry table.</summary>
public sealed class RefreshTests
{
    [Fact]
    public async Task A_refresh_gives_a_new_pair_and_ends_the_old_one()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var old = rig.App.Grant("octocat");
        rig.Time.Advance(TimeSpan.FromHours(7));

        var token = await rig.RefreshAsync(old);

        token.AccessToken.ExpiresAt.Should().Be(rig.Time.GetUtcNow() + TimeSpan.FromHours(8));
        token.RefreshToken!.ExpiresAt.Should().Be(rig.Time.GetUtcNow() + TimeSpan.FromSeconds(15_897_600));
        (await rig.StatusOfAsync(token.AccessToken.Value)).Should().Be(HttpStatusCode.OK);
        (await rig.StatusOfAsync(old.AccessToken)).Should().Be(HttpStatusCode.Unauthorized);
        rig.Form().Should().Equal(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["client_id"] = UserTokenRig.ClientId,
            ["client_secret"] = UserTokenRig.Secret,
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = old.RefreshToken!,
        });
    }

    [Fact]
    public async Task Refreshes_can_go_on_for_ever()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var refreshToken = new GitHubToken(rig.App.Grant("octocat").RefreshToken!);
        for (var i = 0; i < 5; i++)
        {
            rig.Time.Advance(TimeSpan.FromDays(183));
            refreshToken = (await rig.Client.RefreshAsync(refreshToken, UserTokenRig.Cancellation)).RefreshToken!;
        }

        rig.App.Grants.Should().ContainSingle();
    }

    [Fact]
    public async Task A_refresh_token_works_once_and_for_half_a_year()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var used = rig.App.Grant("octocat");
        await rig.RefreshAsync(used);
        var old = rig.App.Grant("octocat");
        rig.Time.Advance(TimeSpan.FromSeconds(15_897_600));

        foreach (var grant in (FakeUserGrant[])[used, old])
        {
            (await UserTokenRig.FailAsync(() => rig.RefreshAsync(grant))).Reason.Should().Be(ErrorReason.ReconnectRequired);
        }
    }

    [Fact]
    public async Task A_user_who_took_it_back_has_to_connect_again()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var grant = rig.App.Grant("octocat");
        rig.App.Revoke("octocat");

        var error = await UserTokenRig.FailAsync(() => rig.RefreshAsync(grant));

        error.Reason.Should().Be(ErrorReason.ReconnectRequired);
        error.Message.Should().Contain("bad_refresh_token");
    }

    [Fact]
    public async Task A_wrong_client_secret_does_not_touch_the_users_tokens()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var grant = rig.App.Grant("octocat");
        rig.App.ClientSecret = "rotated";

        var error = await UserTokenRig.FailAsync(() => rig.RefreshAsync(grant));

        error.Reason.Should().Be(ErrorReason.BadCredentials);
        error.Error.CredentialOwner.Should().Be(CredentialOwner.Operator);
        error.IsExpected.Should().BeFalse();
        error.Acts.Should().Be(ActionOwner.Operator);
        rig.App.Grants.Should().Equal(grant);
    }

    [Fact]
    public async Task A_cancelled_refresh_ends_at_once()
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(Answers.Stall());
        using var cancellation = new CancellationTokenSource();

        var refresh = rig.RefreshAsync(cancellationToken: cancellation.Token);
        await rig.GitHub.WaitForRequestsAsync(1, UserTokenRig.Cancellation);
        await cancellation.CancelAsync();

        (await FluentActions.Awaiting(() => refresh).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancellation.Token);
    }

    [Fact]
    public async Task Something_has_to_be_traded()
    {
        await using var rig = await UserTokenRig.StartAsync();

        await FluentActions.Awaiting(() => rig.Client.RefreshAsync(null!, UserTokenRig.Cancellation)).Should().ThrowAsync<ArgumentNullException>();
        await FluentActions.Awaiting(() => rig.Inner.RefreshAsync(new GitHubToken("ghr_1"), null!, UserTokenRig.Cancellation)).Should().ThrowAsync<ArgumentNullException>();
    }
}
