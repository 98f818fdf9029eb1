using System.Net;

namespace ScmIntegrations.Testing.Tests.UserTokens;

/// <summary>Refresh tokens that work once, and answers that are lost, as a client meets them.</summary>
public sealed class RefreshTests : UserTokenFixture
{
    [Fact]
    public async Task A_refresh_gives_a_new_pair_and_ends_both_old_tokens()
    {
        var old = App.Grant("octocat");

        var answer = await RefreshAsync(old.RefreshToken!);

        var grant = App.Grants.Should().ContainSingle().Subject;
        answer.GetProperty("access_token").GetString().Should().Be(grant.AccessToken).And.NotBe(old.AccessToken);
        answer.GetProperty("refresh_token").GetString().Should().Be(grant.RefreshToken).And.NotBe(old.RefreshToken);
        grant.ExpiresAt.Should().Be(Clock.GetUtcNow() + TimeSpan.FromHours(8));
        (await StatusOfAsync(old.AccessToken)).Should().Be(HttpStatusCode.Unauthorized);
        (await StatusOfAsync(grant.AccessToken)).Should().Be(HttpStatusCode.OK);
        Error(await RefreshAsync(old.RefreshToken!)).Should().Be("bad_refresh_token");
    }

    [Fact]
    public async Task A_refresh_token_outlives_its_access_token_by_half_a_year()
    {
        var (one, two) = (App.Grant("octocat"), App.Grant("hubot"));
        Clock.Advance(TimeSpan.FromSeconds(15_897_599));
        (await RefreshAsync(one.RefreshToken!)).GetProperty("access_token").GetString().Should().NotBeEmpty();
        Clock.Advance(TimeSpan.FromSeconds(1));

        Error(await RefreshAsync(two.RefreshToken!)).Should().Be("bad_refresh_token");
    }

    [Fact]
    public async Task Only_one_of_many_gets_the_new_pair()
    {
        var grant = App.Grant("octocat");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefreshAsync(grant.RefreshToken!)));

        answers.Count(answer => answer.TryGetProperty("access_token", out var _)).Should().Be(1);
        App.Grants.Should().ContainSingle();
        Fake.Count(HttpMethod.Post, "/" + TokenPath).Should().Be(8);
    }

    [Fact]
    public async Task The_secret_is_due_save_for_tokens_by_device()
    {
        var grant = App.Grant("octocat");

        Error(await PostAsync(TokenPath, ("client_id", "Iv23liUser"), ("grant_type", "refresh_token"), ("refresh_token", grant.RefreshToken!))).Should().Be("incorrect_client_credentials");
        App.Grants.Should().Equal(grant);

        var started = await PostAsync("login/device/code", ("client_id", "Iv23liUser"));
        App.ApproveDevice(started.GetProperty("user_code").GetString()!, "hubot");
        var byDevice = await PostAsync(TokenPath, ("client_id", "Iv23liUser"), ("device_code", started.GetProperty("device_code").GetString()!), ("grant_type", DeviceGrant));
        (await PostAsync(TokenPath, ("client_id", "Iv23liUser"), ("grant_type", "refresh_token"), ("refresh_token", byDevice.GetProperty("refresh_token").GetString()!)))
            .GetProperty("access_token").GetString().Should().NotBeEmpty();
    }

    [Fact]
    public async Task Tokens_can_be_taken_back()
    {
        var (one, two) = (App.Grant("octocat"), App.Grant("hubot"));

        App.Revoke("OctoCat");
        Fake.RevokeToken(two.AccessToken).Should().BeTrue();

        Fake.RevokeToken(two.AccessToken).Should().BeFalse();
        (await StatusOfAsync(one.AccessToken)).Should().Be(HttpStatusCode.Unauthorized);
        (await StatusOfAsync(two.AccessToken)).Should().Be(HttpStatusCode.Unauthorized);
        Error(await RefreshAsync(one.RefreshToken!)).Should().Be("bad_refresh_token");
    }

    [Fact]
    public async Task An_answer_can_be_lost_although_it_was_carried_out()
    {
        var grant = App.Grant("octocat");
        Fake.When(HttpMethod.Post, "/" + TokenPath).AnswerInTurn(Answers.ServerError(), Answers.CarriedOut(Answers.ServerError()), Answers.Real());

        using var notDone = await AskToRefreshAsync(grant.RefreshToken!);
        notDone.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        App.Grants.Should().Equal([grant], "a scripted answer alone does nothing");

        using var done = await AskToRefreshAsync(grant.RefreshToken!);
        done.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        App.Grants.Should().ContainSingle().Which.AccessToken.Should().NotBe(grant.AccessToken);

        Error(await RefreshAsync(grant.RefreshToken!)).Should().Be("bad_refresh_token");
    }

    [Fact]
    public async Task A_connection_can_break_after_it_was_carried_out()
    {
        var grant = App.Grant("octocat");
        Fake.When(HttpMethod.Post, "/" + TokenPath).Answer(Answers.CarriedOut(Answers.Reset()));

        await FluentActions.Awaiting(() => AskToRefreshAsync(grant.RefreshToken!)).Should().ThrowAsync<HttpRequestException>();

        App.Grants.Should().ContainSingle().Which.Should().NotBe(grant);
    }

    [Fact]
    public void No_answer_cannot_be_given_instead() => FluentActions.Invoking(() => Answers.CarriedOut(null!)).Should().Throw<ArgumentNullException>();

    [Fact]
    public void A_grant_prints_no_token() => $"{App.Grant("octocat")}".Should().Be("tokens of octocat");

    private Task<HttpResponseMessage> AskToRefreshAsync(string token) =>
        SendAsync(TokenPath, ("client_id", "Iv23liUser"), ("client_secret", "secret"), ("grant_type", "refresh_token"), ("refresh_token", token));
}
