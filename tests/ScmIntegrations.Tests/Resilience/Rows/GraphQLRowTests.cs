using System.Text.Json;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.GraphQL;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience.Rows;

/// <summary>GraphQL says what is wrong in a 200.</summary>
public sealed class GraphQLRowTests
{
    private const string Limited = """{"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded for user ID 1."}]}""";
    private const string Wrong = """{"data":null,"errors":[{"message":"Something went wrong while executing your query."}]}""";

    [Fact]
    public async Task Row_47_a_limit_in_a_200_surfaces_with_its_time_and_is_not_sent_again()
    {
        await using var fixture = await OverAsync(Answers.Json(200, Limited));

        var error = await RowCall.FailAsync(() => QueryAsync(fixture));

        error.ShouldSurface<ScmRateLimitException>(fixture, "47", requests: 1, halts: true);
        error.RetryAt.Should().NotBeNull();
    }

    [Fact]
    public async Task Row_47_waits_for_the_limit_where_that_was_asked_for()
    {
        var time = new ManualTimeProvider();
        await using var fixture = await OverAsync(null, setup =>
        {
            setup.Time = time;
            setup.Client = options =>
            {
                options.Resilience.MaxRateLimitWait = TimeSpan.FromMinutes(5);

                // Longer than the wait, so that the timer of an attempt is not taken for it.
                options.Resilience.AttemptTimeout = TimeSpan.FromSeconds(99);
            };
        });
        fixture.GitHub.When(HttpMethod.Post, "/graphql").Once().Answer(Answers.Json(200, Limited).WithHeader("Retry-After", "40"));
        fixture.GitHub.When(HttpMethod.Post, "/graphql").Answer(Answers.Json(200, """{"data":{"a":1}}"""));

        var query = QueryAsync(fixture);
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(41), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(41));

        (await query).GetProperty("a").GetInt32().Should().Be(1);
        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Row_48_a_failure_in_a_200_is_tried_once_more()
    {
        await using var fixture = await OverAsync(Answers.Json(200, Wrong));

        var error = await RowCall.FailAsync(() => QueryAsync(fixture));

        error.ShouldSurface<ScmServerException>(fixture, "48", requests: 2, halts: false);
    }

    [Fact]
    public async Task Row_48_is_not_for_a_mutation_which_is_sent_once()
    {
        await using var fixture = await OverAsync(Answers.Json(200, Wrong));

        var error = await RowCall.FailAsync(() => QueryAsync(fixture, "mutation { a }"));

        error.Should().BeOfType<ScmAmbiguousWriteException>();
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Row_49_partial_data_is_a_success()
    {
        await using var fixture = await OverAsync(Answers.Json(200, """{"data":{"a":1,"b":null},"errors":[{"type":"FORBIDDEN","message":"No.","path":["b"]}]}"""));

        (await QueryAsync(fixture)).GetProperty("a").GetInt32().Should().Be(1);

        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    private static async Task<JsonElement> QueryAsync(ClientFixture fixture, string text = "query { a b }") =>
        (await fixture.Client.QueryAsync(new GraphQLQuery(text), Requests.AnyJson, TestContext.Current.CancellationToken)).Data;

    private static async Task<ClientFixture> OverAsync(Testing.Answer? answer, Action<ClientSetup>? configure = null)
    {
        var fixture = await ClientFixture.StartAsync(configure);
        if (answer is not null)
        {
            fixture.GitHub.When(HttpMethod.Post, "/graphql").Answer(answer);
        }

        return fixture;
    }
}
