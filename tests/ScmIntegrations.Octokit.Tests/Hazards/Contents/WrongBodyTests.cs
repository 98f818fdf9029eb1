using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Hazards.Contents;

/// <summary>A 200 whose body is not what was due: a typed error, never a silent null and never a parser's own exception.</summary>
public sealed class WrongBodyTests
{
    private const string Page = "<!DOCTYPE html><html><body>Sign in to continue</body></html>";

    public static TheoryData<string, string, string> WrongObjects => new()
    {
        { "empty", "", "application/json" },
        { "blank", " \r\n ", "application/json" },
        { "an empty object", "{}", "application/json" },
        { "an empty object, blank", "{ }", "application/json" },
        { "null", "null", "application/json" },
        { "an array for an object", "[]", "application/json" },
        { "an array of objects for an object", """[{"id":1}]""", "application/json" },
        { "a number", "7", "application/json" },
        { "a text", "\"acme\"", "application/json" },
        { "HTML", Page, "text/html" },
        { "HTML that says it is JSON", Page, "application/json" },
        { "truncated", """{"id":7,"full_name":"ac""", "application/json" },
        { "truncated at a value", """{"id":7""", "application/json" },
        { "two values", """{"id":7}{"id":8}""", "application/json" },
        { "a text for a number", """{"id":"seven"}""", "application/json" },
        { "no media type", Page, "" },
        { "plain text", "OK", "text/plain" },
    };

    public static TheoryData<string, string, string> WrongLists => new()
    {
        { "empty", "", "application/json" },
        { "an empty object", "{}", "application/json" },
        { "null", "null", "application/json" },
        { "a number", "7", "application/json" },
        { "HTML", Page, "text/html" },
        { "HTML that says it is JSON", Page, "application/json" },
        { "truncated", """[{"id":1},{"id""", "application/json" },
        { "an entry that is null", """[{"id":1},null]""", "application/json" },
    };

    [Theory]
    [MemberData(nameof(WrongObjects))]
    public async Task An_object_that_is_none_is_a_typed_error(string what, string body, string contentType)
    {
        await using var fixture = await StartAsync(body, contentType);

        var error = (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmUnreadableResponseException>(what)).Which;

        error.Reason.Should().Be(ErrorReason.UnreadableResponse);
        error.Message.Should().NotContain("<html");
        fixture.Counted.Should().Equal(("test", "started"), ("test", "failure"));
    }

    [Theory]
    [MemberData(nameof(WrongLists))]
    public async Task A_list_that_is_none_is_a_typed_error(string what, string body, string contentType)
    {
        await using var fixture = await StartAsync(body, contentType);

        (await fixture.Awaiting(one => one.ListIssuesAsync()).Should().ThrowAsync<ScmUnreadableResponseException>(what)).Which.Reason.Should().Be(ErrorReason.UnreadableResponse);
    }

    [Theory]
    [MemberData(nameof(WrongObjects))]
    public async Task The_answer_to_a_write_that_is_none_is_a_typed_error_and_nothing_is_sent_again(string what, string body, string contentType)
    {
        await using var fixture = await StartAsync(body, contentType);

        await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Issue.Create("acme", "api", new NewIssue("title")))).Should().ThrowAsync<ScmUnreadableResponseException>(what);

        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("""{"id":7,"full_name":"acme/api","owner":{"login":"acme","type":"Enterprise"}}""")]
    [InlineData("""{"id":7,"full_name":"acme/api","visibility":"secret","owner":{"login":"acme","type":"Robot"}}""")]
    public async Task An_unknown_value_of_an_enumeration_is_a_typed_error(string body)
    {
        await using var fixture = await StartAsync(body, "application/json");

        (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmUnreadableResponseException>()).Which.Reason.Should().Be(ErrorReason.UnreadableResponse);
    }

    [Theory]
    [InlineData("", "application/json")]
    [InlineData(Page, "text/html")]
    [InlineData(Page, "application/json")]
    [InlineData("""{"id":7,"full_name":"ac""", "application/json")]
    public async Task A_body_that_cannot_be_read_is_an_attempt_that_failed_and_a_read_is_asked_again(string body, string contentType)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Once().Answer(Answers.Text(200, body, contentType));

        (await fixture.GetApiAsync()).FullName.Should().Be("acme/api");

        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Outside_of_RunAsync_the_request_counts_as_failed_too()
    {
        await using var fixture = await StartAsync(Page, "text/html");

        await fixture.Awaiting(one => one.Direct.Repository.Get("acme", "api")).Should().ThrowAsync<ScmUnreadableResponseException>();

        fixture.Counted.Should().Equal(("send_request", "started"), ("send_request", "failure"));
    }

    [Theory]
    [InlineData("", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData(Page, "text/html")]
    public async Task Lists_that_Octokit_asks_for_without_naming_JSON_are_read_as_strictly(string body, string contentType)
    {
        await using var fixture = await StartAsync(body, contentType);

        await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Repository.Release.GetAll("acme", "api"))).Should().ThrowAsync<ScmUnreadableResponseException>();

        (await fixture.Plain().Repository.Release.GetAll("acme", "api")).Should().BeEmpty("Octokit takes it for a list");
    }

    [Fact]
    public async Task A_success_without_a_body_is_one_where_none_is_due()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Text(204));

        await fixture.RunAsync(octokit => octokit.Issue.Labels.RemoveAllFromIssue("acme", "api", 1));
        await fixture.RunAsync(octokit => octokit.Repository.Delete("acme", "api"));

        fixture.Counted.Select(one => one.Outcome).Should().Equal("started", "success", "started", "success");
    }

    [Fact]
    public async Task A_byte_order_mark_does_not_make_a_body_unreadable()
    {
        await using var fixture = await StartAsync("\ufeff" + Payloads.Repository("acme/api"), "application/json");

        (await fixture.GetApiAsync()).FullName.Should().Be("acme/api");
    }

    [Fact]
    public async Task An_empty_list_is_a_list()
    {
        await using var fixture = await StartAsync("[]", "application/json");

        (await fixture.ListIssuesAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Raw_contents_may_be_anything()
    {
        await using var fixture = await StartAsync(Page, "application/vnd.github.v3.raw");

        var raw = await fixture.RunAsync(octokit => octokit.Repository.Content.GetRawContent("acme", "api", "index.html"));

        System.Text.Encoding.UTF8.GetString(raw).Should().Be(Page);
    }

    [Theory]
    [InlineData("", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData(Page, "text/html")]
    public async Task Plain_Octokit_gives_null_and_says_nothing(string body, string contentType)
    {
        await using var fixture = await StartAsync(body, contentType);

        (await fixture.Plain().Repository.Get("acme", "api")).Should().BeNull();
    }

    [Theory]
    [InlineData(Page, typeof(System.Runtime.Serialization.SerializationException))]
    [InlineData("""{"id":7,"owner":{"login":"acme","type":"Enterprise"}}""", typeof(ArgumentException))]
    public async Task Plain_Octokit_throws_what_its_parser_throws(string body, Type exception)
    {
        await using var fixture = await StartAsync(body, "application/json");

        (await Record.ExceptionAsync(() => fixture.Plain().Repository.Get("acme", "api"))).Should().BeOfType(exception);
    }

    private static async Task<OctokitFixture> StartAsync(string body, string contentType)
    {
        var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Text(200, body, contentType).WithHeader("Content-Type", contentType.Length == 0 ? null : contentType));
        return fixture;
    }
}
