using System.Text.Json;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Resilience;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub;

/// <summary>Any endpoint gets the treatment of every other call.</summary>
public sealed class SendRequestTests
{
    [Fact]
    public async Task An_answer_is_read_as_the_type_that_is_asked_for()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api/topics").Answer(Answers.Json(200, """{"names":["a","b"]}"""));

        var topics = await fixture.Client.SendAsync(
            GitHubRequest.Get("/repos/{owner}/{repo}/topics", "acme", "api") with { Name = "get_topics" }, Requests.AnyJson, TestContext.Current.CancellationToken);

        topics.GetProperty("names").GetArrayLength().Should().Be(2);
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task An_answer_without_a_body_is_good_where_none_is_read()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Put, "/things").Answer(Answers.Text(204));

        await fixture.SendAsync(HttpMethod.Put);

        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task An_answer_without_a_body_is_unreadable_where_one_is_due()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Text(204));

        var call = () => fixture.Client.SendAsync(Requests.To(HttpMethod.Get), Requests.AnyJson, TestContext.Current.CancellationToken);

        await call.Should().ThrowAsync<ScmUnreadableResponseException>();
    }

    [Fact]
    public async Task An_error_is_typed_like_any_other()
    {
        await using var fixture = await ClientFixture.StartAsync();

        var call = () => fixture.SendAsync(HttpMethod.Get, "/repos/acme/nothing");

        (await call.Should().ThrowAsync<ScmNotFoundException>()).Which.Message.Should().Contain("GET /repos/acme/nothing");
        fixture.CountedOutcomes.Should().Equal("started", "halted");
    }

    [Theory]
    [InlineData("GET", OperationClass.Read)]
    [InlineData("HEAD", OperationClass.Read)]
    [InlineData("PUT", OperationClass.IdempotentWrite)]
    [InlineData("DELETE", OperationClass.IdempotentWrite)]
    [InlineData("POST", OperationClass.Write)]
    [InlineData("PATCH", OperationClass.Write)]
    [InlineData("BREW", OperationClass.Write)]
    public void The_method_says_how_safe_a_request_is_to_repeat(string method, OperationClass operation) =>
        GitHubRequest.Create(new HttpMethod(method), "/things").Operation.Should().Be(operation);

    [Theory]
    [InlineData(OperationClass.None)]
    [InlineData(OperationClass.Read | OperationClass.Write)]
    [InlineData((OperationClass)64)]
    public void A_request_has_exactly_one_class(OperationClass operation) =>
        FluentActions.Invoking(() => GitHubRequest.Get("/things") with { Operation = operation }).Should().Throw<ArgumentOutOfRangeException>();

    [Theory]
    [InlineData("/repos/acme/api", "core")]
    [InlineData("/search/issues?q=x", "search")]
    [InlineData("/search/code?q=x", "code_search")]
    [InlineData("/graphql", "graphql")]
    [InlineData("/graphqlish", "core")]
    [InlineData("/searching", "core")]
    public void The_path_says_which_limit_a_request_counts_against(string path, string resource) =>
        GitHubRequest.Get(path).RateLimitResource.Should().Be(resource);

    [Fact]
    public async Task A_body_is_sent_anew_with_every_attempt()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Put, "/things").AnswerInTurn(Answers.ServerError(), Answers.ServerError(), Answers.Json(200, "{}"));

        await fixture.SendWithBodyAsync(HttpMethod.Put);

        fixture.GitHub.Requests.Select(request => request.Body).Should().Equal("\"body\"", "\"body\"", "\"body\"");
    }

    [Fact]
    public async Task Nothing_to_send_is_refused()
    {
        await using var fixture = await ClientFixture.StartAsync();

        await FluentActions.Awaiting(() => fixture.Client.SendAsync(null!, TestContext.Current.CancellationToken)).Should().ThrowAsync<ArgumentNullException>();
        await FluentActions.Awaiting(() => fixture.Client.SendAsync<JsonElement>(Requests.To(HttpMethod.Get), (System.Text.Json.Serialization.Metadata.JsonTypeInfo<JsonElement>)null!, TestContext.Current.CancellationToken)).Should().ThrowAsync<ArgumentNullException>();
    }
}
