using System.Text.Json;
using Octokit;
using Octokit.Models.Request.Enterprise;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Hazards.Injection;

/// <summary>Path traversal and query injection in paths, refs, tags, labels and search terms.</summary>
public sealed class PathAndRefTests
{
    public static TheoryData<string> Paths => HostileValues.Paths;

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_hostile_path_is_refused_before_anything_is_sent(string path)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        Func<IGitHubClient, Task>[] calls =
        [
            octokit => octokit.Repository.Content.GetAllContents("acme", "api", path),
            octokit => octokit.Repository.Content.GetAllContentsByRef("acme", "api", path, "main"),
            octokit => octokit.Repository.Content.GetRawContent("acme", "api", path),
            octokit => octokit.Repository.Content.CreateFile("acme", "api", path, new CreateFileRequest("message", "content")),
            octokit => octokit.Repository.Content.DeleteFile("acme", "api", path, new DeleteFileRequest("message", "sha")),
        ];

        foreach (var call in calls)
        {
            await FluentActions.Awaiting(() => fixture.RunAsync(call)).Should().ThrowAsync<ArgumentException>();
        }

        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_hostile_ref_is_refused_before_anything_is_sent(string gitRef)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        Func<IGitHubClient, Task>[] calls =
        [
            octokit => octokit.Git.Reference.Get("acme", "api", gitRef),
            octokit => octokit.Git.Reference.Delete("acme", "api", gitRef),
            octokit => octokit.Git.Tree.Get("acme", "api", gitRef),
            octokit => octokit.Repository.Branch.Get("acme", "api", gitRef),
            octokit => octokit.Repository.Commit.Get("acme", "api", gitRef),
        ];

        foreach (var call in calls)
        {
            await FluentActions.Awaiting(() => fixture.RunAsync(call)).Should().ThrowAsync<ArgumentException>();
        }

        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("main?recursive=1")]
    [InlineData("main&recursive=1")]
    [InlineData("main#x")]
    [InlineData("a%2fb")]
    [InlineData("//evil.example/x")]
    [InlineData("ünï")]
    [InlineData("a b")]
    public async Task A_ref_is_refused_or_stays_in_its_place(string gitRef)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.NotFound());

        await Record.ExceptionAsync(() => fixture.RunAsync(octokit => octokit.Git.Tree.Get("acme", "api", gitRef)));
        await Record.ExceptionAsync(() => fixture.RunAsync(octokit => octokit.Repository.Branch.Get("acme", "api", gitRef)));

        fixture.GitHub.Requests.Where(request => request.Query.Length > 0 || !request.Path.StartsWith("/repos/acme/api/", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("docs/a.md", "/repos/acme/api/contents/docs/a.md")]
    [InlineData("src/a b.cs", "/repos/acme/api/contents/src/a%20b.cs")]
    [InlineData("docs/...md", "/repos/acme/api/contents/docs/...md")]
    public async Task A_plain_path_is_taken(string path, string target)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(200, "[]"));

        await fixture.RunAsync(octokit => octokit.Repository.Content.GetAllContents("acme", "api", path));

        fixture.GitHub.Requests.Should().ContainSingle().Which.Target.Should().Be(target);
    }

    [Fact]
    public async Task A_branch_with_slashes_is_taken()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(200, """{"name":"feature/a"}"""));

        (await fixture.RunAsync(octokit => octokit.Repository.Branch.Get("acme", "api", "feature/a"))).Name.Should().Be("feature/a");
    }

    [Theory]
    [InlineData("bug")]
    [InlineData("good first issue")]
    [InlineData("area/api")]
    [InlineData("what?")]
    [InlineData("a&b=1")]
    [InlineData("../../../user")]
    [InlineData("%2e%2e")]
    public async Task A_label_stays_one_segment_or_is_refused(string label)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(200, """{"name":"x","color":"fff"}"""));

        await Record.ExceptionAsync(() => fixture.RunAsync(octokit => octokit.Issue.Labels.Get("acme", "api", label)));
        await Record.ExceptionAsync(() => fixture.RunAsync(octokit => octokit.Issue.Labels.RemoveFromIssue("acme", "api", 1, label)));

        fixture.GitHub.Requests.Where(request => request.Query.Length > 0 || !string.Equals(Uri.UnescapeDataString(request.Path.Split('/')[^1]), label, StringComparison.Ordinal)).Should().BeEmpty();
    }

    /// <summary>An address loses the blanks at its end, and then what is left of it is taken for dots.</summary>
    [Fact]
    public async Task A_blank_at_the_end_hides_no_dots()
    {
        await using var fixture = await OctokitFixture.StartAsync();

        await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Issue.Labels.Delete("acme", "api", ". "))).Should().ThrowAsync<ArgumentException>();
        await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Git.Reference.Delete("acme", "api", "heads/../.. "))).Should().ThrowAsync<ArgumentException>();
        await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Connection.Delete(new Uri("repos/acme/api/labels/.. ", UriKind.Relative)))).Should().ThrowAsync<ArgumentException>();

        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(HostileValues.Names), MemberType = typeof(HostileValues))]
    public async Task The_name_of_a_variable_is_looked_at_within_its_request(string name)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        var variable = new Variable(name, "../x?y=1&z");

        await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Repository.Actions.Variables.Update("acme", "api", variable))).Should().ThrowAsync<ArgumentException>();
        await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Repository.Actions.Variables.Create("acme", "api", variable))).Should().ThrowAsync<ArgumentException>();

        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_search_term_stays_in_its_parameter()
    {
        const string Term = "a=1 ../../user // ?y=2 %26 é";
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(200, """{"total_count":0,"incomplete_results":false,"items":[{"name":"x"}]}"""));

        await fixture.RunAsync(octokit => octokit.Search.SearchCode(new SearchCodeRequest(Term)));

        var request = fixture.GitHub.Requests.Should().ContainSingle().Subject;
        request.Path.Should().Be("/search/code");
        request.QueryValues("y").Should().BeEmpty();
        request.QueryValues("q").Should().ContainSingle().Which.Should().StartWith("a=1 ../../user // ?y=2 & é");
    }

    [Theory]
    [InlineData("a&admin=1")]
    [InlineData("a#x")]
    [InlineData("a\r\nX-Evil: 1")]
    public async Task A_search_term_that_would_leave_its_parameter_is_refused(string term)
    {
        await using var fixture = await OctokitFixture.StartAsync();

        await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Search.SearchCode(new SearchCodeRequest(term)))).Should().ThrowAsync<ArgumentException>();
        await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Search.SearchIssues(new SearchIssuesRequest(term)))).Should().ThrowAsync<ArgumentException>();
        await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Search.SearchUsers(new SearchUsersRequest(term)))).Should().ThrowAsync<ArgumentException>();

        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("a&admin=1")]
    [InlineData("a#x")]
    public async Task A_cursor_of_an_audit_log_that_would_leave_its_parameter_is_refused(string cursor)
    {
        await using var fixture = await OctokitFixture.StartAsync();

        await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Enterprise.AuditLog.GetAll("acme", new AuditLogRequest { After = cursor }))).Should().ThrowAsync<ArgumentException>();
        await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Enterprise.AuditLog.GetAll("acme", new AuditLogRequest { Before = cursor }))).Should().ThrowAsync<ArgumentException>();

        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task What_goes_into_a_body_may_say_anything()
    {
        const string Text = "../../user?x=1 // %2e%2e\\..\\ #\r\n\0";
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(201, """{"id":1,"body":"x"}"""));

        await fixture.RunAsync(octokit => octokit.Issue.Comment.Create("acme", "api", 1, Text));

        var sent = JsonDocument.Parse(fixture.GitHub.Requests.Should().ContainSingle().Subject.Body);
        sent.RootElement.GetProperty("body").GetString().Should().Be(Text);
    }

    [Fact]
    public async Task Plain_Octokit_lets_a_path_a_ref_and_a_search_term_lead_elsewhere()
    {
        await using var fixture = await OctokitFixture.StartAsync();

        await Record.ExceptionAsync(() => fixture.Plain().Repository.Content.GetAllContents("acme", "api", "../../../../user"));
        await Record.ExceptionAsync(() => fixture.Plain().Git.Tree.Get("acme", "api", "main?recursive=1"));

        await Record.ExceptionAsync(() => fixture.Plain().Search.SearchCode(new SearchCodeRequest("a&admin=1")));

        fixture.GitHub.Requests.Take(2).Select(request => request.Target).Should().Equal("/user", "/repos/acme/api/git/trees/main?recursive=1");
        fixture.GitHub.Requests[2].QueryValues("admin").Should().NotBeEmpty();
    }
}
