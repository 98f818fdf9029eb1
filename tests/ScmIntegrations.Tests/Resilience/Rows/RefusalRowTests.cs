using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience.Rows;

/// <summary>The call was understood and refused: never tried again.</summary>
public sealed class RefusalRowTests
{
    public static TheoryData<string, Answer, Type, bool> Refusals => new()
    {
        { "18", Answers.GitHubError(400, "Problems parsing JSON"), typeof(ScmValidationException), false },
        { "27", Answers.PermissionDenied(), typeof(ScmPermissionException), true },
        { "27", Answers.SamlRequired("https://github.com/orgs/acme/sso"), typeof(ScmPermissionException), true },
        { "27b", Answers.IpAllowList("acme"), typeof(ScmForbiddenException), true },
        { "27c", Answers.GitHubError(403, "Repository was archived so is read-only."), typeof(ScmForbiddenException), true },
        { "28", Answers.LegalBlock(), typeof(ScmBlockedException), true },
        { "32", Answers.NotFound(), typeof(ScmNotFoundException), true },
        { "35", Answers.EmptyRepository(), typeof(ScmEmptyRepositoryException), true },
        { "36", Answers.Conflict(), typeof(ScmConflictException), true },
        { "37", Answers.GitHubError(405, "Pull Request is not mergeable"), typeof(ScmNotAllowedException), true },
        { "37a", Answers.GitHubError(410, "Issues are disabled for this repo"), typeof(ScmGoneException), true },
        { "38", Answers.GitHubError(406, "This resource does not support the 'full' media type parameter"), typeof(ScmValidationException), false },
        { "38", Answers.Text(411), typeof(ScmValidationException), false },
        { "38", Answers.Text(413), typeof(ScmValidationException), false },
        { "38", Answers.Text(414), typeof(ScmValidationException), false },
        { "38", Answers.Text(415), typeof(ScmValidationException), false },
        { "38", Answers.Text(431), typeof(ScmValidationException), false },
        { "40", Answers.Text(412), typeof(ScmConflictException), true },
        { "41", Answers.GitHubError(422, "Validation Failed"), typeof(ScmValidationException), false },
        { "42", Answers.GitHubError(422, "Reference already exists"), typeof(ScmAlreadyExistsException), true },
        { "69", Answers.GitHubError(403, "The user is not licensed for Copilot."), typeof(ScmForbiddenException), true },
        { "69", Answers.GitHubError(412, "insufficient premium quota to create assignment"), typeof(ScmForbiddenException), true },
        { "69", Answers.Text(402), typeof(ScmForbiddenException), true },
        { "69", Answers.GitHubError(403, "Advanced Security must be enabled for this repository"), typeof(ScmForbiddenException), true },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_surfaces_at_once_by_its_row(string row, Answer answer, Type exception, bool halts)
    {
        foreach (var method in RowCall.Any.Except(["HEAD"], StringComparer.Ordinal))
        {
            await using var fixture = await RowCall.OverAsync(answer, setup => setup.Client = options => options.Resilience.MaxAttempts = 10);

            var error = await RowCall.FailAsync(() => fixture.SendAsync(new HttpMethod(method)));

            error.Should().BeOfType(exception);
            error.Error.Rule.Should().Be(row);
            error.IsTransient.Should().BeFalse();
            fixture.GitHub.Requests.Should().ContainSingle();
            fixture.CountedOutcomes.Should().Equal("started", halts ? "halted" : "failure");
        }
    }

    [Fact]
    public Task Row_18_400_is_a_bug_of_ours() => MeetAsync("18");

    [Fact]
    public Task Row_27_a_missing_permission() => MeetAsync("27");

    [Fact]
    public Task Row_27b_a_policy() => MeetAsync("27b");

    [Fact]
    public Task Row_27c_an_archived_repository() => MeetAsync("27c");

    [Fact]
    public async Task Row_27a_28_33_37a_a_scan_remembers_what_it_was_told_and_for_how_long()
    {
        foreach (var (answer, hours) in new[] { (Answers.PermissionDenied(), 1), (Answers.NotFound(), 1), (Answers.LegalBlock(), 24), (Answers.GitHubError(410, "Gone"), 24) })
        {
            await using var fixture = await TreeFixture.StartAsync();
            fixture.AddRepository("acme/api", FakeTree.Generate(3));
            var fault = fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(answer);
            (await fixture.ScanAsync()).Should().ContainSingle().Which.Status.Should().Be(TreeStatus.Unavailable);
            var asked = fixture.TreeRequests;

            fixture.Time.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromSeconds(1));
            var remembered = (await fixture.ScanAsync()).Should().ContainSingle().Subject;
            remembered.Status.Should().Be(TreeStatus.Skipped);
            remembered.Outcome.Should().BeNull("nothing was asked");
            remembered.Error!.Origin.Should().Be(ErrorOrigin.Client);
            fixture.TreeRequests.Should().Be(asked);

            fault.Remove();
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
            (await fixture.ScanAsync()).Should().ContainSingle().Which.Status.Should().Be(TreeStatus.Fetched);
        }
    }

    [Fact]
    public Task Row_27a_a_missing_permission_within_a_scan() => ScanRememberAsync("27a", Answers.PermissionDenied());

    [Fact]
    public Task Row_28_a_block() => ScanRememberAsync("28", Answers.LegalBlock());

    [Fact]
    public Task Row_33_404_within_a_scan() => ScanRememberAsync("33", Answers.NotFound());

    [Fact]
    public async Task Row_33_is_lifted_by_an_invalidation_and_never_hides_a_single_read()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3));
        var fault = fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(Answers.NotFound());
        await fixture.ScanAsync();

        await RowCall.FailAsync(() => fixture.Client.GetCachedTreeAsync(Requests.Api, "main", TestContext.Current.CancellationToken));
        fixture.TreeRequests.Should().Be(2, "a single read asks");
        fault.Remove();
        await fixture.Client.InvalidateTreeAsync(Requests.Api, cancellationToken: TestContext.Current.CancellationToken);

        (await fixture.ScanAsync()).Should().ContainSingle().Which.Status.Should().Be(TreeStatus.Fetched);
    }

    [Fact]
    public async Task Row_28_trade_controls_hold_for_every_repository_of_the_account()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(5);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(Answers.GitHubError(403, "Due to U.S. trade controls law restrictions, this GitHub account is restricted."));

        var results = await fixture.ScanAsync(new() { Concurrency = 1 });

        results.Should().HaveCount(5).And.OnlyContain(result => result.Error!.Reason == ErrorReason.TradeControls);
        fixture.TreeRequests.Should().Be(1);
    }

    [Fact]
    public Task Row_32_404() => MeetAsync("32");

    [Fact]
    public async Task Row_34_404_for_what_was_just_created_is_asked_once_more()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Time = new ManualTimeProvider { AutoAdvance = true, AutoAdvanceUpTo = TimeSpan.FromSeconds(5) });
        fixture.GitHub.WhenAnything().AnswerInTurn(Answers.NotFound(), Answers.Text(204));

        await fixture.Client.SendAsync(GitHubRequest.Get("/things") with { JustCreated = true }, TestContext.Current.CancellationToken);

        fixture.GitHub.Requests.Should().HaveCount(2);
        fixture.Time.RequestedDelays.Should().Contain(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public Task Row_35_an_empty_repository_halts() => MeetAsync("35");

    [Fact]
    public Task Row_36_a_conflict() => MeetAsync("36");

    [Fact]
    public Task Row_37_405() => MeetAsync("37");

    [Fact]
    public Task Row_37a_410() => MeetAsync("37a");

    [Fact]
    public Task Row_38_a_request_that_is_wrong() => MeetAsync("38");

    [Fact]
    public Task Row_40_412() => MeetAsync("40");

    [Fact]
    public Task Row_41_422() => MeetAsync("41");

    [Fact]
    public Task Row_42_it_already_exists() => MeetAsync("42");

    [Fact]
    public Task Row_69_a_plan() => MeetAsync("69");

    private static async Task ScanRememberAsync(string number, Answer answer)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3));
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(answer);

        var told = (await fixture.ScanAsync()).Single().Error!;

        await fixture.ScanAsync();
        fixture.TreeRequests.Should().Be(1);
        RetryTable.Find(OperationClass.Read, RetryCondition.Scan, told.Reason, told.Origin, (int?)told.Status).Number.Should().Be(number);
    }

    /// <summary>The row's answers, met by a read and a write.</summary>
    private async Task MeetAsync(string number)
    {
        var answers = Refusals.Select(row => row.Data).Where(row => row.Item1.Equals(number, StringComparison.Ordinal)).ToList();
        answers.Should().NotBeEmpty();
        foreach (var (row, answer, exception, halts) in answers)
        {
            await A_refusal_surfaces_at_once_by_its_row(row, answer, exception, halts);
        }
    }
}
