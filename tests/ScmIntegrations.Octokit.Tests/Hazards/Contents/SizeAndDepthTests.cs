using System.Net;
using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Hazards.Contents;

/// <summary>A gzip bomb, and JSON so deep that Octokit's parser ends the process. There is no counter-example: the process would not survive it.</summary>
public sealed class SizeAndDepthTests
{
    private const int EndOfOctokit = 100_000;

    [Fact]
    public async Task A_gzip_bomb_is_refused_within_the_default_bound()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.GzipBomb(256L * 1024 * 1024));

        var error = (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmUnreadableResponseException>()).Which;

        error.Reason.Should().Be(ErrorReason.ResponseTooLarge);
        fixture.Counted.Should().Equal(("test", "started"), ("test", "failure"));
    }

    [Fact]
    public async Task A_body_over_the_configured_bound_is_refused_for_raw_contents_too()
    {
        await using var fixture = await OctokitFixture.StartAsync(setup => setup.Client = options => options.MaxResponseBytes = 10_000);
        fixture.GitHub.WhenAnything().Answer(Answers.LongBody(1_000_000));

        (await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Repository.Content.GetRawContent("acme", "api", "README.md")))
            .Should().ThrowAsync<ScmUnreadableResponseException>()).Which.Reason.Should().Be(ErrorReason.ResponseTooLarge);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(10_000)]
    [InlineData(EndOfOctokit)]
    public async Task Deep_JSON_in_a_success_is_refused_and_the_process_survives(int depth)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.DeepJson(depth));

        (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmUnreadableResponseException>()).Which.Reason.Should().Be(ErrorReason.ResponseTooLarge);
        (await fixture.Awaiting(one => one.ListIssuesAsync()).Should().ThrowAsync<ScmUnreadableResponseException>()).Which.Reason.Should().Be(ErrorReason.ResponseTooLarge);
        (await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Connection.Get<object>(new Uri("x", UriKind.Relative), null))).Should().ThrowAsync<ScmUnreadableResponseException>())
            .Which.Reason.Should().Be(ErrorReason.ResponseTooLarge);
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(9, true)]
    public async Task So_many_levels_as_the_bound_and_no_more(int depth, bool isRefused)
    {
        await using var fixture = await OctokitFixture.StartAsync(setup => setup.Client = options => options.MaxJsonDepth = 8);
        fixture.GitHub.WhenAnything().Answer(Answers.Json(200, Bodies.Nested(depth)));

        var error = await Record.ExceptionAsync(() => fixture.RunAsync(octokit => octokit.Connection.Get<object>(new Uri("x", UriKind.Relative), null)));

        (error is ScmUnreadableResponseException { Reason: ErrorReason.ResponseTooLarge }).Should().Be(isRefused, $"{error}");
        (error is null).Should().Be(!isRefused, $"{error}");
    }

    [Fact]
    public async Task Deep_JSON_is_refused_before_a_caller_who_looks_at_bodies_gets_it()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.DeepJson(EndOfOctokit));
        var seen = new List<object>();

        var call = () => fixture.RunAsync(octokit => octokit.Connection.Get<object>(new Uri("x", UriKind.Relative), parameters: null, "application/json", CancellationToken.None, body =>
        {
            seen.Add(body);
            return body;
        }));

        (await call.Should().ThrowAsync<ScmUnreadableResponseException>()).Which.Reason.Should().Be(ErrorReason.ResponseTooLarge);
        seen.Should().BeEmpty();
    }

    [Fact]
    public async Task Deep_JSON_within_an_object_is_refused()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(200, $$"""{"id":1,"owner":{{string.Concat(Enumerable.Repeat("{\"a\":", EndOfOctokit))}}1{{new string('}', EndOfOctokit)}}}"""));

        (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmUnreadableResponseException>()).Which.Reason.Should().Be(ErrorReason.ResponseTooLarge);
    }

    [Fact]
    public async Task Deep_JSON_in_the_answer_to_a_write_is_refused()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(201, Bodies.Nested(EndOfOctokit)));

        await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Issue.Create("acme", "api", new NewIssue("title")))).Should().ThrowAsync<ScmException>();

        fixture.GitHub.Requests.Should().ContainSingle("it has been carried out");
    }

    [Theory]
    [InlineData(400, "application/json")]
    [InlineData(401, "application/json")]
    [InlineData(403, "application/json")]
    [InlineData(404, "application/json")]
    [InlineData(422, "application/json")]
    [InlineData(451, "application/json")]
    [InlineData(500, "application/json")]
    [InlineData(404, "text/plain")]
    [InlineData(502, "text/html")]
    public async Task Deep_JSON_in_an_error_is_the_error_of_its_status_and_the_process_survives(int status, string contentType)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Text(status, Bodies.Nested(EndOfOctokit), contentType));

        var error = (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmException>()).Which;

        error.Status.Should().Be((HttpStatusCode)status);
        error.InnerException.Should().BeAssignableTo<ApiException>();
    }

    [Theory]
    [InlineData(404)]
    [InlineData(422)]
    public async Task Deep_JSON_beside_an_errors_message_survives_too(int status)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(status, $$"""{"message":"No.","errors":{{Bodies.Nested(EndOfOctokit)}}}"""));

        var error = (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmException>()).Which;

        error.Status.Should().Be((HttpStatusCode)status);
        error.ToString().Length.Should().BeLessThan(20_000);
    }

    [Fact]
    public async Task Outside_of_RunAsync_deep_JSON_is_harmless_as_well()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().AnswerInOrder(Answers.DeepJson(EndOfOctokit), Answers.Json(404, Bodies.Nested(EndOfOctokit)));

        await fixture.Awaiting(one => one.Direct.Repository.Get("acme", "api")).Should().ThrowAsync<ScmUnreadableResponseException>();
        await fixture.Awaiting(one => one.Direct.Repository.Get("acme", "api")).Should().ThrowAsync<NotFoundException>();
    }
}
