using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Listings;

/// <summary>Any other endpoint, with the same treatment.</summary>
public sealed class SendTests
{
    private const string Topics = "/repos/{owner}/{repo}/topics";

    [Fact]
    public async Task Any_endpoint_can_be_read_as_an_interaction_of_its_own_name()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Topics).Answer(Answers.Json(200, """{"names":["git","api"]}"""));

        var answer = await fixture.Client.SendAsync(
            GitHubRequest.Get(Topics, "acme", "api") with { Name = "get_topics" }, Json, TestContext.Current.CancellationToken);

        answer.GetProperty("names").GetArrayLength().Should().Be(2);
        fixture.Outcomes("get_topics").Should().Equal("started", "success");
    }

    [Fact]
    public async Task An_answer_without_a_body_is_a_success()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Delete, Topics).Answer(Answers.Text(204));

        await fixture.Client.SendAsync(GitHubRequest.Create(HttpMethod.Delete, Topics, "acme", "api"), TestContext.Current.CancellationToken);

        fixture.Outcomes("send_request").Should().Equal("started", "success");
    }

    [Fact]
    public async Task A_write_is_not_sent_twice()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Post, Topics).Answer(Answers.ServerError(500));

        await fixture.Client.Invoking(client => client.SendAsync(GitHubRequest.Create(HttpMethod.Post, Topics, "acme", "api"), TestContext.Current.CancellationToken))
            .Should().ThrowAsync<ScmAmbiguousWriteException>().WithInnerException(typeof(ScmServerException));

        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.Outcomes("send_request").Should().Equal("started", "failure");
    }

    [Fact]
    public async Task A_read_is_tried_three_times()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Topics).Answer(Answers.ServerError(500));

        await fixture.Client.Invoking(client => client.SendAsync(GitHubRequest.Get(Topics, "acme", "api"), Json, TestContext.Current.CancellationToken))
            .Should().ThrowAsync<ScmServerException>();

        fixture.GitHub.Requests.Should().HaveCount(3);
    }

    private static JsonTypeInfo<JsonElement> Json => (JsonTypeInfo<JsonElement>)JsonSerializerOptions.Default.GetTypeInfo(typeof(JsonElement));
}
