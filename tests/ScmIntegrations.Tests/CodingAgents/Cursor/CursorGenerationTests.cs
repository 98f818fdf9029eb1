using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Cursor;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.CodingAgents.Cursor;

/// <summary>Which generation of the API is spoken to, and what a look before a launch tells.</summary>
public sealed class CursorGenerationTests
{
    [Fact]
    public async Task Where_the_current_api_is_not_served_the_legacy_one_is_used_from_then_on()
    {
        await using var rig = await CursorRig.StartAsync(fake: fake => fake.ServesV1 = false);

        var task = await rig.LaunchAsync();
        await rig.Client.GetAsync(task.Id, CursorRig.Cancellation);
        await rig.LaunchAsync();

        rig.Sent.Should().Equal("POST /v1/agents", "POST /v0/agents", $"GET /v0/agents/{task.Id}", "POST /v0/agents");
    }

    [Fact]
    public async Task Falling_back_looks_first_for_what_an_earlier_launch_of_the_key_has_started()
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = CursorApi.V0);
        var earlier = await rig.LaunchAsync(request => request with { IdempotencyKey = "a" });
        await using var other = await CursorRig.StartAsync(options => options.Address = rig.Cursor.Address);
        rig.Cursor.Options.ServesV1 = false;

        var task = await other.LaunchAsync(request => request with { IdempotencyKey = "a" });

        (task.Id, task.WasStartedBefore).Should().Be((earlier.Id, true));
        rig.Cursor.Agents.Should().ContainSingle();
    }

    [Fact]
    public async Task Reading_and_listing_fall_back_too()
    {
        await using var read = await CursorRig.StartAsync(fake: fake => fake.ServesV1 = false);
        await using var list = await CursorRig.StartAsync(fake: fake => fake.ServesV1 = false);
        var (one, two) = (read.Cursor.AddAgent("acme/api"), list.Cursor.AddAgent("acme/api"));

        (await read.Client.GetAsync(one.Id, CursorRig.Cancellation)).Id.Should().Be(one.Id);
        (await list.Client.ListAsync(cancellationToken: CursorRig.Cancellation).ToListAsync(CursorRig.Cancellation)).Select(task => task.Id).Should().Equal(two.Id);
    }

    public static TheoryData<string> NotFounds => new(
        "",
        "404 page not found",
        """{"message":"Route not found"}""",
        """{"detail":"Not Found"}""",
        """{"error":{"code":"not_found","message":"No."}}""",
        """{"error":{"message":"No."}}""",
        """{"error":"Not Found","message":"No."}""");

    [Theory]
    [MemberData(nameof(NotFounds))]
    public async Task A_404_to_a_launch_means_that_the_route_is_not_served(string body)
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.When(HttpMethod.Post, "/v1/agents").Answer(Answers.Json(404, body));

        await rig.LaunchAsync();
        await rig.LaunchAsync();

        rig.Sent.Should().Equal("POST /v1/agents", "POST /v0/agents", "POST /v0/agents");
    }

    [Theory]
    [MemberData(nameof(NotFounds))]
    public async Task A_404_to_a_list_means_that_the_route_is_not_served(string body)
    {
        await using var rig = await CursorRig.StartAsync();
        var agent = rig.Cursor.AddAgent("acme/api");
        rig.Cursor.When(HttpMethod.Get, "/v1/agents").Answer(Answers.Json(404, body));

        (await rig.Client.ListAsync(cancellationToken: CursorRig.Cancellation).ToListAsync(CursorRig.Cancellation)).Select(task => task.Id).Should().Equal(agent.Id);

        rig.Sent.Should().Equal("GET /v1/agents", "GET /v0/agents");
    }

    [Theory]
    [InlineData("""{"error":{"code":"not_found","message":"No."}}""", 1)]
    [InlineData("""{"error":"Not Found","message":"No."}""", 1)]
    [InlineData("404 page not found", 2)]
    public async Task A_404_to_what_names_an_agent_is_the_agents_where_it_is_cursors_own_word(string body, int requests)
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.When(HttpMethod.Get, "/v1/agents/{id}").Answer(Answers.Json(404, body));

        (await CursorRig.FailAsync(() => rig.Client.GetAsync("bc-1", CursorRig.Cancellation))).Should().BeOfType<ScmNotFoundException>();

        rig.Cursor.Requests.Should().HaveCount(requests);
    }

    [Fact]
    public async Task Where_the_legacy_api_is_missing_too_the_first_error_surfaces_and_the_current_api_stays()
    {
        await using var rig = await CursorRig.StartAsync(fake: fake => fake.ServesV0 = false);
        rig.Cursor.When(HttpMethod.Post, "/v1/agents").Once().Answer(Answers.CursorError(404, "not_found", "The first."));

        (await CursorRig.FailAsync(() => rig.LaunchAsync())).Message.Should().Contain("The first.");
        await rig.LaunchAsync();

        rig.Sent.Should().Equal("POST /v1/agents", "POST /v0/agents", "POST /v1/agents");
    }

    [Fact]
    public async Task Any_other_answer_of_the_legacy_api_shows_that_it_is_served()
    {
        await using var rig = await CursorRig.StartAsync(fake: fake => fake.ServesV1 = false);
        rig.Cursor.When(HttpMethod.Post, "/v0/agents").Once().Answer(Answers.CursorLegacyError(400, "Bad Request", "No."));

        (await CursorRig.FailAsync(() => rig.LaunchAsync())).Should().BeOfType<ScmValidationException>();
        await rig.LaunchAsync();

        rig.Sent.Should().Equal("POST /v1/agents", "POST /v0/agents", "POST /v0/agents");
    }

    [Fact]
    public async Task Where_neither_is_served_the_404_surfaces()
    {
        await using var rig = await CursorRig.StartAsync(fake: fake => (fake.ServesV1, fake.ServesV0) = (false, false));

        (await CursorRig.FailAsync(() => rig.LaunchAsync())).Should().BeOfType<ScmNotFoundException>();

        rig.Cursor.Requests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(true, true, "developer@example.com", 1)]
    [InlineData(true, true, null, 1)]
    [InlineData(false, true, "developer@example.com", 2)]
    [InlineData(false, true, null, 4)]
    public async Task A_key_that_some_request_may_use_is_good(bool servesV1, bool servesV0, string? owner, int requests)
    {
        await using var rig = await CursorRig.StartAsync(fake: fake => (fake.ServesV1, fake.ServesV0) = (servesV1, servesV0));
        rig.Cursor.AddKey(CursorRig.Key, owner);

        var preflight = await rig.Client.CheckAsync(CursorRig.Api, CursorRig.Cancellation);

        preflight.CanLaunch.Should().BeTrue();
        preflight.Checks[0].Should().BeEquivalentTo(new { Name = "credential", Result = CodingAgentCheckResult.Passed });
        preflight.Checks[1].Should().BeEquivalentTo(new { Name = "repository", Result = CodingAgentCheckResult.Unknown, FixUrl = new Uri("https://github.com/apps/cursor") });
        rig.Cursor.Requests.Should().HaveCount(requests).And.OnlyContain(request => request.Method == HttpMethod.Get);
    }

    [Fact]
    public async Task A_bad_key_is_told_before_a_launch()
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.RemoveKey(CursorRig.Key);

        var preflight = await rig.Client.CheckAsync(CursorRig.Api, CursorRig.Cancellation);

        preflight.CanLaunch.Should().BeFalse();
        preflight.Checks[0].Should().BeEquivalentTo(new { Result = CodingAgentCheckResult.Failed, FailureType = LaunchFailureType.BadCredentials, FixUrl = new Uri("https://cursor.com/dashboard/api") });
    }

    [Fact]
    public async Task A_plan_that_is_missing_is_told_before_a_launch()
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.WhenAnything().Answer(Answers.CursorError(403, "plan_required", "Upgrade."));

        (await rig.Client.CheckAsync(CursorRig.Api, CursorRig.Cancellation)).Checks[0].FailureType.Should().Be(LaunchFailureType.PlanRequired);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task What_could_not_be_asked_is_unknown(int status)
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.WhenAnything().Answer(Answers.CursorError(status, "x", "Later."));

        var preflight = await rig.Client.CheckAsync(CursorRig.Api, CursorRig.Cancellation);

        preflight.Checks[0].Result.Should().Be(CodingAgentCheckResult.Unknown);
        preflight.CanLaunch.Should().BeTrue();
        rig.Cursor.Requests.Select(request => request.Path).Distinct(StringComparer.Ordinal).Should().Equal("/v1/me");
    }
}
