using System.Net;
using ScmIntegrations.Errors;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience.Rows;

/// <summary>An answer that is no plain success, and no refusal either.</summary>
public sealed class AnswerRowTests
{
    private static readonly int[] PollSeconds = [1, 2, 4, 8, 10, 10];

    [Fact]
    public async Task Row_13_304_is_the_answer_to_a_conditional_request()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Text(304));
        using var client = new HttpClient(fixture.Clients.CreateHandler()) { BaseAddress = fixture.GitHub.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "repos/acme/api");
        request.Headers.TryAddWithoutValidation("If-None-Match", "\"abc\"");

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.Should().Be(HttpStatusCode.NotModified);
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task Row_14_not_ready_is_asked_for_six_times_with_growing_waits()
    {
        await using var fixture = await RowCall.OverAsync(Answers.Json(202, "{}"), Patient);

        var error = await RowCall.FailAsync(() => fixture.SendAsync(HttpMethod.Get));

        error.ShouldSurface<ScmNotReadyException>(fixture, "14", requests: 7, halts: true);
        Waits(fixture).Should().Equal(PollSeconds.Select(seconds => TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public async Task Row_14_ends_as_soon_as_the_answer_is_ready()
    {
        await using var fixture = await ClientFixture.StartAsync(Patient);
        fixture.GitHub.WhenAnything().Times(2).Answer(Answers.Json(202, "{}"));

        await fixture.GetApiAsync();

        fixture.GitHub.Requests.Should().HaveCount(3);
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("POST")]
    public async Task Row_14_is_not_for_a_write_which_202_accepts(string method)
    {
        await using var fixture = await RowCall.OverAsync(Answers.Json(202, "{}"));

        await fixture.SendAsync(new HttpMethod(method));

        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Row_15_a_redirect_within_the_origin_is_followed(int status)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/things").Answer(Answers.Redirect("/repos/acme/api", status));

        await fixture.SendAsync(HttpMethod.Get);

        fixture.GitHub.Requests.Should().HaveCount(2);
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    public async Task Row_17_a_write_is_not_sent_where_it_was_redirected(int status) =>
        await RowCall.EachAsync([.. RowCall.IdempotentWrites, .. RowCall.Writes], _ => RowCall.OverAsync(Answers.Redirect("/elsewhere", status)), (fixture, error) =>
            error.ShouldSurface<ScmRedirectException>(fixture, "17", requests: 1, halts: true));

    [Fact]
    public async Task Row_17_a_circle_of_redirects_ends()
    {
        await using var fixture = await RowCall.OverAsync(Answers.Redirect("/things", 307));

        (await RowCall.FailAsync(() => fixture.SendAsync(HttpMethod.Get))).ShouldSurface<ScmRedirectException>(fixture, "17", requests: 6, halts: true);
    }

    [Fact]
    public async Task Row_50_a_web_page_is_tried_once_more_and_counts_in_the_circuit()
    {
        await using var fixture = await RowCall.OverAsync(Answers.Html200(), Eager);

        (await RowCall.FailAsync(fixture.GetApiAsync)).ShouldSurface<ScmUnreadableResponseException>(fixture, "50", requests: 2, halts: false);
        RetryTable.Rows.Single(row => row.Number is "50").CountsInCircuit.Should().BeTrue();
    }

    [Fact]
    public async Task Row_50_broken_JSON_is_tried_once_more()
    {
        await using var fixture = await RowCall.OverAsync(Answers.Json(200, """{"id": 1, "full_name": "acme/a"""), Eager);

        (await RowCall.FailAsync(fixture.GetApiAsync)).ShouldSurface<ScmUnreadableResponseException>(fixture, "50", requests: 2, halts: false);
    }

    [Fact]
    public async Task Row_50a_an_unreadable_answer_to_a_write_surfaces()
    {
        foreach (var method in new[] { "PUT", "POST" })
        {
            await using var fixture = await RowCall.OverAsync(Answers.Html200());

            var error = await RowCall.FailAsync(() => fixture.Client.SendAsync(Requests.To(new HttpMethod(method)), Requests.AnyJson, TestContext.Current.CancellationToken));

            error.ShouldSurface<ScmUnreadableResponseException>(fixture, "50a", requests: 1, halts: false);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"id":"seven"}""")]
    public async Task Row_51_another_shape_is_tried_once_more_and_counts_nowhere(string body)
    {
        await using var fixture = await RowCall.OverAsync(Answers.Json(200, body), Eager);

        (await RowCall.FailAsync(fixture.GetApiAsync)).ShouldSurface<ScmUnreadableResponseException>(fixture, "51", requests: 2, halts: false);
        RetryTable.Rows.Single(row => row.Number is "51").CountsInCircuit.Should().BeFalse();
    }

    [Fact]
    public async Task Row_52_a_body_over_its_bound_is_never_tried_again()
    {
        foreach (var (answer, says) in new[] { (Answers.LongBody(4096), "larger than the bound of 2048 bytes"), (Answers.GzipBomb(1 << 20), "larger than"), (Answers.DeepJson(100), "deeper than the bound of 64 levels") })
        {
            await using var fixture = await RowCall.OverAsync(answer, setup => setup.Client = options => options.MaxResponseBytes = 2048);

            var error = await RowCall.FailAsync(() => fixture.Client.SendAsync(Requests.To(HttpMethod.Get), Requests.AnyJson, TestContext.Current.CancellationToken));

            error.ShouldSurface<ScmUnreadableResponseException>(fixture, "52", requests: 1, halts: false);
            error.Reason.Should().Be(ErrorReason.ResponseTooLarge);
            error.Message.Should().Contain(says);
        }
    }

    [Fact]
    public async Task Row_53_a_tree_that_is_cut_short_is_completed()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.FromPaths(["a/b.txt", "c.txt"])).TruncateAbove = 1;

        var tree = await fixture.Client.GetTreeAsync(Requests.Api, "main", TestContext.Current.CancellationToken);

        tree.IsComplete.Should().BeTrue();
        fixture.Outcomes("get_tree").Should().Equal("started", "success");
    }

    [Fact]
    public async Task Row_70_what_nobody_knows_surfaces_with_its_status_and_message()
    {
        foreach (var status in new[] { 418, 499, 599 + 100 })
        {
            await RowCall.EachAsync(RowCall.Any, _ => RowCall.OverAsync(Answers.GitHubError(status, "I am new here")), (fixture, error) =>
            {
                error.ShouldSurface<ScmException>(fixture, "70", requests: 1, halts: false);
                ((int?)error.Status).Should().Be(status);
                if (fixture.GitHub.Requests[0].Method != HttpMethod.Head)
                {
                    error.Message.Should().Contain("I am new here");
                }
            });
        }
    }

    [Fact]
    public async Task Row_70a_a_listing_that_ends_early_says_so_after_what_it_has()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => (options.MaxPages, options.PageSize) = (1, 1));
        fixture.AddRepositories(3);
        var listed = 0;

        var call = async () =>
        {
            await foreach (var repository in fixture.Client.ListRepositoriesAsync(cancellationToken: TestContext.Current.CancellationToken))
            {
                listed++;
            }
        };

        (await call.Should().ThrowAsync<ScmIncompleteListException>()).Which.Reason.Should().Be(ErrorReason.IncompleteList);
        listed.Should().Be(1);
        RetryTable.Find(OperationClass.Read, RetryCondition.None, ErrorReason.IncompleteList, ErrorOrigin.Client).Number.Should().Be("70a");
    }

    private static void Patient(ClientSetup setup) => setup.Time = new ManualTimeProvider { AutoAdvance = true, AutoAdvanceUpTo = TimeSpan.FromSeconds(29) };

    private static void Eager(ClientSetup setup) => setup.Client = options => options.Resilience.MaxAttempts = 10;

    private static IEnumerable<TimeSpan> Waits(ClientFixture fixture) => fixture.Time.RequestedDelays.Where(delay => delay > TimeSpan.Zero && delay < TimeSpan.FromSeconds(29));
}
