using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>What a scan says of one repository: status, outcome and error.</summary>
public sealed class ScanStatusTests
{
    [Fact]
    public async Task Fetched_then_cached()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(1);

        var (fetched, cached) = (await ScanOneAsync(fixture), await ScanOneAsync(fixture));

        Should(fetched, TreeStatus.Fetched, InteractionOutcome.Success, null);
        fetched.Tree.Should().HaveCount(5);
        Should(cached, TreeStatus.Cached, null, null);
        cached.Tree.Should().BeSameAs(fetched.Tree);
    }

    [Fact]
    public async Task Empty_from_the_wire_is_a_halt_with_its_error_and_from_the_cache_nothing()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/empty");

        var (first, second) = (await ScanOneAsync(fixture), await ScanOneAsync(fixture));

        Should(first, TreeStatus.Empty, InteractionOutcome.Halted, ErrorReason.EmptyRepository);
        Should(second, TreeStatus.Empty, null, null);
        first.Tree.Should().BeEmpty();
        second.Tree.Should().BeEmpty();
    }

    public static TheoryData<string, ErrorReason, InteractionOutcome> Refusals => new()
    {
        { "not found", ErrorReason.NotFound, InteractionOutcome.Halted },
        { "permission", ErrorReason.PermissionMissing, InteractionOutcome.Halted },
        { "conflict", ErrorReason.RefMoved, InteractionOutcome.Halted },
        { "server error", ErrorReason.ServerError, InteractionOutcome.Failure },
        { "reset", ErrorReason.Transport, InteractionOutcome.Failure },
        { "web page", ErrorReason.UnreadableResponse, InteractionOutcome.Failure },
        { "too large", ErrorReason.ResponseTooLarge, InteractionOutcome.Failure },
        { "elsewhere", ErrorReason.OriginBlocked, InteractionOutcome.Halted },
        { "credentials", ErrorReason.BadCredentials, InteractionOutcome.Failure },
        { "limit", ErrorReason.PrimaryRateLimit, InteractionOutcome.Halted },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Asked_and_refused_without_anything_cached_is_unavailable(string refusal, ErrorReason reason, InteractionOutcome outcome)
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.MaxResponseBytes = 100_000);
        fixture.AddRepositories(1);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(Refuse(refusal));

        var result = await ScanOneAsync(fixture);

        Should(result, TreeStatus.Unavailable, outcome, reason);
        result.Tree.Should().BeNull();
    }

    [Theory]
    [InlineData("server error", ErrorReason.ServerError, InteractionOutcome.Failure)]
    [InlineData("reset", ErrorReason.Transport, InteractionOutcome.Failure)]
    [InlineData("web page", ErrorReason.UnreadableResponse, InteractionOutcome.Failure)]
    [InlineData("limit", ErrorReason.PrimaryRateLimit, InteractionOutcome.Halted)]
    public async Task An_expired_tree_that_cannot_be_asked_for_again_is_stale(string refusal, ErrorReason reason, InteractionOutcome outcome)
    {
        await using var fixture = await StartExpiredAsync();
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(Refuse(refusal));

        var result = await ScanOneAsync(fixture);

        Should(result, TreeStatus.Stale, outcome, reason);
        result.Tree.Should().HaveCount(5);
    }

    [Theory]
    [InlineData("not found", ErrorReason.NotFound)]
    [InlineData("permission", ErrorReason.PermissionMissing)]
    public async Task An_expired_tree_that_may_no_longer_be_seen_is_not_shown(string refusal, ErrorReason reason)
    {
        await using var fixture = await StartExpiredAsync();
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(Refuse(refusal));

        var result = await ScanOneAsync(fixture);

        Should(result, TreeStatus.Unavailable, InteractionOutcome.Halted, reason);
        result.Tree.Should().BeNull();
    }

    [Fact]
    public async Task Not_asked_and_nothing_cached_is_skipped_and_no_interaction()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(1);
        fixture.GitHub.RateLimits.ForUser(TreeFixture.Login).Remaining = 150;

        var result = await ScanOneAsync(fixture);

        Should(result, TreeStatus.Skipped, null, ErrorReason.PrimaryRateLimit);
        result.Error!.Origin.Should().Be(ErrorOrigin.Client);
        result.Tree.Should().BeNull();
        fixture.Outcomes("get_tree").Should().BeEmpty();
    }

    [Fact]
    public async Task Not_asked_and_an_expired_tree_is_stale_and_no_interaction()
    {
        await using var fixture = await StartExpiredAsync();
        fixture.GitHub.RateLimits.ForUser(TreeFixture.Login).Remaining = 150;

        var result = await ScanOneAsync(fixture);

        Should(result, TreeStatus.Stale, null, ErrorReason.PrimaryRateLimit);
        result.Tree.Should().HaveCount(5);
    }

    private static async Task<TreeScanResult> ScanOneAsync(TreeFixture fixture) => (await fixture.ScanAsync()).Should().ContainSingle().Subject;

    private static void Should(TreeScanResult result, TreeStatus status, InteractionOutcome? outcome, ErrorReason? error)
    {
        result.Status.Should().Be(status);
        result.Outcome.Should().Be(outcome);
        (result.Error?.Reason).Should().Be(error);
    }

    /// <summary>One repository, whose tree was scanned and has expired, as its list has.</summary>
    /// <summary>A scan whose only pointer has expired and no longer leads to the tree that is kept.</summary>
    private static async Task<TreeFixture> StartExpiredAsync()
    {
        var fixture = await TreeFixture.StartAsync(static options => options.Trees.Stagger = new ManualStagger());
        var repository = fixture.AddRepositories(1)[0];
        _ = await fixture.ScanAsync();
        fixture.Time.Advance(TimeSpan.FromHours(1));
        repository.Push(FakeTree.Generate(6));
        return fixture;
    }

    private static Answer Refuse(string refusal) => refusal switch
    {
        "not found" => Answers.NotFound(),
        "permission" => Answers.PermissionDenied(),
        "conflict" => Answers.Conflict(),
        "server error" => Answers.ServerError(502),
        "reset" => Answers.Reset(),
        "web page" => Answers.Html200(),
        "too large" => Answers.LongBody(200_000),
        "elsewhere" => Answers.Redirect("https://elsewhere.invalid/"),
        "credentials" => Answers.BadCredentials(),
        "limit" => Answers.PrimaryRateLimit(TimeSpan.FromMinutes(30)),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, null),
    };
}
