using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Octokit.Tests.Registration;

/// <summary>What goes over the wire: addresses, headers, and how often.</summary>
public sealed class WireTests
{
    [Fact]
    public async Task Credential_version_and_user_agent_are_the_clients()
    {
        await using var fixture = await OctokitFixture.StartAsync(setup => setup.Client = options => (options.UserAgent, options.ApiVersion) = ("acme-inventory/2.0", "2026-03-10"));

        await fixture.GetApiAsync();

        var request = fixture.GitHub.Requests.Should().ContainSingle().Subject;
        request.Token.Should().Be(OctokitSetup.Token);
        request.Headers["User-Agent"].Should().Be("acme-inventory/2.0");
        request.Headers["X-GitHub-Api-Version"].Should().Be("2026-03-10");
        request.Headers["Accept"].Should().StartWith("application/vnd.github");
    }

    [Fact]
    public async Task An_Enterprise_Servers_prefix_is_kept()
    {
        await using var fixture = await OctokitFixture.StartAsync(setup => setup.GitHub = options => options.ApiPathPrefix = "/api/v3");

        (await fixture.GetApiAsync()).FullName.Should().Be("acme/api");

        fixture.GitHub.Requests.Should().ContainSingle().Which.Target.Should().Be("/api/v3/repos/acme/api");
    }

    [Fact]
    public async Task A_root_address_gets_no_prefix()
    {
        await using var fixture = await OctokitFixture.StartAsync();

        await fixture.GetApiAsync();

        fixture.GitHub.Requests.Should().ContainSingle().Which.Target.Should().Be("/repos/acme/api");
        fixture.Direct.Connection.BaseAddress.Should().Be(fixture.GitHub.Address);
    }

    [Fact]
    public async Task A_read_that_fails_twice_succeeds()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Times(2).Answer(Answers.ServerError(500));

        (await fixture.GetApiAsync()).FullName.Should().Be("acme/api");

        fixture.GitHub.Requests.Should().HaveCount(3);
        fixture.Counted.Should().Equal(("test", "started"), ("test", "success"));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_POST_is_not_sent_twice(int status)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError(status));

        await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Issue.Create("acme", "api", new NewIssue("title")))).Should().ThrowAsync<ScmException>();

        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_PUT_is_sent_again_with_its_body()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().AnswerInOrder(Answers.ServerError(502), Answers.Json(200, """{"content":{"path":"a.md","type":"file"},"commit":{"sha":"c0ffee"}}"""));

        var changed = await fixture.RunAsync(octokit => octokit.Repository.Content.CreateFile("acme", "api", "a.md", new CreateFileRequest("message", "content")));

        changed.Commit.Sha.Should().Be("c0ffee");
        fixture.GitHub.Requests.Should().HaveCount(2).And.OnlyContain(request => request.Body == fixture.GitHub.Requests[0].Body && request.Body.Contains("message"));
    }

    [Fact]
    public async Task A_stream_that_can_be_read_once_is_uploaded_whole_after_a_redirect()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Post, "/uploads/1/assets").Answer(Answers.Redirect("/uploads/2/assets", 307));
        fixture.GitHub.When(HttpMethod.Post, "/uploads/2/assets").Answer(Answers.Json(201, """{"id":7,"name":"a.bin","state":"uploaded"}"""));

        var asset = await fixture.RunAsync(octokit => octokit.Repository.Release.UploadAsset(
            Release($"{fixture.GitHub.Address}uploads/1/assets{{?name,label}}"), new ReleaseAssetUpload("a.bin", "application/x-thing", new OneTimeStream("once only"), timeout: null)));

        asset.Id.Should().Be(7);
        fixture.GitHub.Requests.Should().HaveCount(2).And.OnlyContain(request => request.Body == "once only" && request.Headers["Content-Type"] == "application/x-thing");
        fixture.GitHub.Requests[0].QueryValues("name").Should().Equal("a.bin");
    }

    [Fact]
    public async Task A_stream_that_can_be_read_once_is_sent_whole_with_every_attempt()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().AnswerInOrder(Answers.ServerError(502), Answers.ServerError(502), Answers.Json(200, """{"id":7}"""));

        await fixture.RunAsync(octokit => octokit.Connection.Put<object>(new Uri("things/7", UriKind.Relative), new OneTimeStream("once only")));

        fixture.GitHub.Requests.Should().HaveCount(3).And.OnlyContain(request => request.Body == "once only");
    }

    [Fact]
    public async Task An_upload_to_another_host_is_refused_and_nothing_arrives_there()
    {
        await using var thief = RawServer.Start(RawServer.Ok("{}"));
        await using var fixture = await OctokitFixture.StartAsync();

        var call = () => fixture.RunAsync(octokit => octokit.Repository.Release.UploadAsset(
            Release($"{thief.Address}uploads/1/assets{{?name,label}}"), new ReleaseAssetUpload("a.bin", "application/x-thing", new OneTimeStream("once only"), timeout: null)));

        await call.Should().ThrowAsync<ScmOriginBlockedException>();
        thief.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_download_that_leads_to_another_host_is_refused_and_nothing_arrives_there()
    {
        await using var thief = RawServer.Start(RawServer.Ok("{}"));
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Redirect($"{thief.Address}acme/api/legacy.tar.gz/main", 302));

        await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Repository.Content.GetArchive("acme", "api"))).Should().ThrowAsync<ScmOriginBlockedException>();

        thief.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_credential_that_got_into_the_connections_class_is_refused_and_nothing_is_sent()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        ((Connection)fixture.Direct.Connection).Credentials = new Credentials("ghp_other");

        (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<NotSupportedException>()).Which.Message.Should().Contain("AddGitHub").And.NotContain("ghp_other");

        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_timeout_that_is_set_on_Octokit_holds_on_the_clients_clock()
    {
        await using var fixture = await OctokitFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
        fixture.GitHub.WhenAnything().Answer(Answers.Stall());
        fixture.Direct.SetRequestTimeout(TimeSpan.FromSeconds(5));

        var call = fixture.GetApiAsync();
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(5));

        await FluentActions.Awaiting(() => call).Should().ThrowAsync<ScmTimeoutException>();
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(50)]
    [InlineData(10_000_000)]
    public async Task A_timeout_that_no_timer_can_measure_never_comes(int days)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        var timeout = TimeSpan.FromDays(days);

        (await fixture.RunAsync(octokit => octokit.Connection.Get<Repository>(new Uri("repos/acme/api", UriKind.Relative), timeout))).Body.FullName.Should().Be("acme/api");
        fixture.Direct.SetRequestTimeout(timeout);

        (await fixture.GetApiAsync()).FullName.Should().Be("acme/api");
    }

    [Fact]
    public async Task What_stands_in_for_the_socket_need_not_say_which_request_it_answers()
    {
        await using var fixture = await OctokitFixture.StartAsync(setup => setup.HttpClient = http => http.ConfigurePrimaryHttpMessageHandler(() => new InterceptingHandler((_, _) =>
            Task.FromResult(new HttpResponseMessage { Content = new StringContent(Payloads.Repository("acme/api"), Encoding.UTF8, "application/json") }))));

        (await fixture.GetApiAsync()).FullName.Should().Be("acme/api");
    }

    // The answer never comes, so a time-out that is not kept would be waited for.
    [Theory(Timeout = 60_000)]
    [InlineData(null, 5)]
    [InlineData(20, 5)]
    [InlineData(3, 3)]
    public async Task A_timeout_that_a_request_brings_holds_where_it_is_the_shorter_one(int? ofTheClient, int seconds)
    {
        await using var fixture = await OctokitFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
        fixture.GitHub.WhenAnything().Answer(Answers.Stall());
        if (ofTheClient is { } bound)
        {
            fixture.Direct.SetRequestTimeout(TimeSpan.FromSeconds(bound));
        }

        var call = fixture.RunAsync(octokit => octokit.Connection.Get<Repository>(new Uri("repos/acme/api", UriKind.Relative), TimeSpan.FromSeconds(5)));
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        call.IsCompleted.Should().BeFalse();
        fixture.Time.Advance(TimeSpan.FromMilliseconds(1));

        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<ScmTimeoutException>()).Which.Message.Should().Contain($" {seconds} s ");
    }

    [Theory(Timeout = 60_000)]
    [InlineData("POST", typeof(ScmAmbiguousWriteException))]
    [InlineData("PATCH", typeof(ScmAmbiguousWriteException))]
    [InlineData("PUT", typeof(ScmTimeoutException))]
    public async Task A_write_that_a_timeout_ends_may_have_been_carried_out(string method, Type expected)
    {
        await using var fixture = await OctokitFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
        fixture.GitHub.WhenAnything().Answer(Answers.Stall());
        fixture.Direct.SetRequestTimeout(TimeSpan.FromSeconds(5));
        var things = new Uri("things/7", UriKind.Relative);

        var call = fixture.RunAsync<object>(async octokit => method switch
        {
            "POST" => await octokit.Connection.Post<Repository>(things, "{}", "application/json", "application/json"),
            "PATCH" => await octokit.Connection.Patch<Repository>(things, "{}"),
            _ => await octokit.Connection.Put<Repository>(things, "{}"),
        });
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(5));

        var error = await Record.ExceptionAsync(() => call);
        error.Should().BeOfType(expected);
        ((ScmException)error!).Reason.Should().Be(ErrorReason.Timeout);
    }

    [Fact]
    public async Task What_the_caller_makes_of_a_body_is_what_it_gets()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Text(200, "of GitHub"));

        var response = await fixture.RunAsync(octokit => octokit.Connection.Get<string>(
            new Uri("things/7", UriKind.Relative), parameters: null, "text/plain", CancellationToken.None, body => $"{body}, and the caller's"));

        response.HttpResponse.Body.Should().Be("of GitHub, and the caller's");
    }

    private static Release Release(string uploadUrl) => new(uploadUrl);

    private sealed class OneTimeStream(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override bool CanSeek => false;
    }
}
