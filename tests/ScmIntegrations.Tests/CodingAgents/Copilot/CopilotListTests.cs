using ScmIntegrations.CodingAgents;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.CodingAgents.Copilot;

/// <summary>Lists of tasks, page after page.</summary>
public sealed class CopilotListTests
{
    [Fact]
    public async Task All_tasks_of_a_repository_are_listed_newest_first_as_one_interaction()
    {
        await using var fixture = await CopilotFixture.StartAsync(setup: setup => setup.Client = options => options.PageSize = 2);
        for (var i = 1; i <= 5; i++)
        {
            fixture.GitHub.AddCopilotTask("acme/api", $"p{i}", id: $"t{i}");
            fixture.Line.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var listed = await fixture.ListAsync(Requests.Api);

        listed.Select(task => task.Id).Should().Equal("acme:api:t5", "acme:api:t4", "acme:api:t3", "acme:api:t2", "acme:api:t1");
        fixture.GitHub.Requests.Should().HaveCount(3);
        fixture.Line.CountedOutcomes.Should().Equal("started", "success");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_users_own_list_names_each_repository(bool isOlder)
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.CopilotWire = isOlder ? CopilotWire.Older : CopilotWire.Current;
        fixture.GitHub.AddRepository("acme/web");
        fixture.GitHub.AddCopilotTask("acme/api", "p", id: "1");
        fixture.GitHub.AddCopilotTask("acme/web", "p", id: "2");
        fixture.GitHub.AddCopilotTask("acme/web", "p", login: "hubot", id: "3");

        (await fixture.ListAsync()).Select(task => task.Id).Should().BeEquivalentTo("acme:api:1", "acme:web:2");
        fixture.GitHub.Requests.Should().ContainSingle().Which.Path.Should().Be("/agents/tasks");
    }

    [Fact]
    public async Task A_repository_that_is_told_by_number_only_is_looked_up_once_and_left_out_where_it_cannot_be()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        var id = fixture.GitHub.Repository("acme/api").Id;
        fixture.GitHub.When(HttpMethod.Get, "/agents/tasks").Answer(Answers.Json(200, $$"""{"tasks":[{"id":"1","state":"queued","repository":{"id":{{id}} } },{"id":"2","state":"queued","repository_id":{{id}} },{"id":"3","repository_id":99},{"id":"4"},{"state":"queued"}]}"""));

        (await fixture.ListAsync()).Select(task => task.Id).Should().Equal("acme:api:1", "acme:api:2");

        fixture.GitHub.Requests.Count(request => request.Fits(HttpMethod.Get, $"/repositories/{id}")).Should().Be(1);
        fixture.Line.Reporter.Reports.Should().ContainSingle().Which.Reason.Should().Contain("left out");
    }

    [Fact]
    public async Task A_task_that_moves_to_another_page_is_listed_once()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, CopilotFixture.Tasks).AnswerInTurn(
            Answers.Json(200, """{"tasks":[{"id":"1"},{"id":"2"}]}""").WithHeader("Link", $"<{fixture.GitHub.Address}agents/repos/acme/api/tasks?page=2>; rel=\"next\""),
            Answers.Json(200, """[{"id":"2"},{"id":"3"}]"""));

        (await fixture.ListAsync(Requests.Api)).Select(task => task.Id).Should().Equal("acme:api:1", "acme:api:2", "acme:api:3");
    }

    [Theory]
    [InlineData(5, "lead back")]
    [InlineData(1, "limit of 1 pages")]
    public async Task A_list_without_an_end_ends_and_says_so(int maxPages, string why)
    {
        await using var fixture = await CopilotFixture.StartAsync(setup: setup => setup.Client = options => options.MaxPages = maxPages);
        fixture.GitHub.When(HttpMethod.Get, CopilotFixture.Tasks).Answer(
            Answers.Json(200, """{"tasks":[{"id":"1"}]}""").WithHeader("Link", $"<{fixture.GitHub.Address}agents/repos/acme/api/tasks?page=2>; rel=\"next\""));
        var listed = new List<CodingAgentTask>();

        var list = async () =>
        {
            await foreach (var task in fixture.Agent.ListAsync(Requests.Api, TestContext.Current.CancellationToken))
            {
                listed.Add(task);
            }
        };

        (await list.Should().ThrowAsync<ScmIncompleteListException>()).Which.Message.Should().Contain(why);
        listed.Should().ContainSingle("what was read is good");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"tasks":{}}""")]
    [InlineData("\"none\"")]
    public async Task An_answer_that_is_no_list_is_unreadable(string body)
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, CopilotFixture.Tasks).Answer(Answers.Json(200, body));

        await FluentActions.Awaiting(() => fixture.ListAsync(Requests.Api)).Should().ThrowAsync<ScmUnreadableResponseException>();
    }

    [Fact]
    public async Task No_tasks_are_an_empty_list()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/agents/tasks").Answer(Answers.Json(200, """{"tasks":null}"""));

        (await fixture.ListAsync()).Should().BeEmpty();
        (await fixture.ListAsync(Requests.Api)).Should().BeEmpty();
    }
}
