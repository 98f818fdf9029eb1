using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;
using ScmIntegrations.Simulation.Tests.Invariants;
using ScmIntegrations.Simulation.Tests.Running;
using ScmIntegrations.Simulation.Tests.Scenarios;
using ScmIntegrations.Simulation.Tests.Server;

namespace ScmIntegrations.Simulation.Tests;

/// <summary>A check that cannot fail checks nothing: every invariant is shown a run that breaks it, and says its name.</summary>
public sealed class InvariantTests
{
    private const string Token = "ghs_1_SecretSecretSecretSecretSecretSecretSecretSecret";
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Scenario Calm = ScenarioDraw.Draw(1) with
    {
        MaxAttempts = 3,
        Deadline = TimeSpan.FromSeconds(30),
        TokenLifetime = TimeSpan.FromHours(1),
    };

    private static readonly RunRecord Sound = new()
    {
        Scenario = Calm,
        StartedAt = Start,
        EndedAt = Start.AddMinutes(1),
        Calls = [Call(CallEnding.Result)],
        Requests = [Post(1, 401), Post(2, 200)],
        Outcomes = Counts(("send_request", "started", 2), ("send_request", "success", 1), ("send_request", "failure", 1)),
        Reports = [Report()],
    };

    private static readonly Dictionary<string, RunRecord> Breaking = new(StringComparer.Ordinal)
    {
        [nameof(CallInvariants.EveryCallEnds)] = Sound with { BrokenOff = "Nothing can run, and no timer is armed." },
        [nameof(CallInvariants.EveryEndIsAResultAnScmExceptionOrTheCallersOwnCancellation)] = Sound with { Calls = [Call(CallEnding.SomethingElse) with { Exception = new TaskCanceledException() }] },
        [nameof(CallInvariants.EveryResultIsWhatGitHubHolds)] = Sound with { Calls = [Call(CallEnding.Result) with { WrongResult = "3 entries" }] },
        [nameof(CallInvariants.NoCallOutlivesItsDeadline)] = Sound with { Calls = [Call(CallEnding.Result) with { EndedAt = Start.AddSeconds(31) }] },
        [nameof(InteractionInvariants.EveryInteractionHasOneOutcome)] = Sound with { Outcomes = Counts(("send_request", "started", 2), ("send_request", "success", 2), ("send_request", "failure", 1)) },
        [nameof(InteractionInvariants.EveryFailureIsReportedOnce)] = Sound with { Reports = [Report(), Report()] },
        [nameof(WireInvariants.AttemptsAreBounded)] = Sound with { Requests = [.. Enumerable.Range(1, 7).Select(number => Get(number, 502))] },
        [nameof(WireInvariants.NoPostIsReceivedTwice)] = Sound with { Requests = [Post(1, 502), Post(2, 200)] },
        [nameof(WireInvariants.NothingIsSentWhileALimitHolds)] = Sound with { Requests = [Get(1, 403) with { Rule = Limit }, Get(2, 200) with { At = Start.AddSeconds(5) }] },
        [nameof(TokenInvariants.NoMintWithoutAReason)] = Sound with { Requests = [Mint(1), Mint(2)] },
        [nameof(TokenInvariants.NoSecretIsTold)] = Sound with { Calls = [Call(CallEnding.ScmError) with { Exception = Telling($"it was {Token}") }] },
    };

    private static FaultRule Limit => FaultRule.All.First(rule => rule is { Kind: FaultKind.SecondaryLimit, Figure: 30 });

    public static TheoryData<string> Names => [.. Invariant.All.Select(invariant => invariant.Name)];

    [Fact]
    public void A_sound_run_breaks_nothing() => Invariant.Broken(Sound).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_invariant_says_its_name(string name) =>
        Invariant.Broken(Breaking[name]).Should().NotBeEmpty().And.OnlyContain(violation => violation.StartsWith(name + ": ", StringComparison.Ordinal));

    [Fact]
    public void A_clock_moved_by_guess_accuses_nobody_of_lateness() =>
        Invariant.Broken(Breaking[nameof(CallInvariants.NoCallOutlivesItsDeadline)] with { IsExact = false }).Should().BeEmpty();

    private static CallRecord Call(CallEnding ending) => new(
        new PlannedCall(1, Operation.SendPost, Calm.Repositories[0], TimeSpan.Zero, null), Start, Start.AddSeconds(1), ending, null, CallerCancelled: false, null);

    private static WireRequest Get(int number, int status) => new(number, "GET", "/things/1", "call 1", Token, Start, status, FaultRule.All[0], Start);

    private static WireRequest Post(int number, int status) => Get(number, status) with { Method = "POST" };

    private static WireRequest Mint(int number) => Get(number, 201) with { Method = "POST", Target = "/app/installations/7/access_tokens", Tag = null };

    private static ScmException Telling(string message) => ScmException.From(new ScmError { Reason = ErrorReason.Unknown, Origin = ErrorOrigin.GitHub, Message = message });

    private static FailureReport Report() => new()
    {
        Descriptor = new InteractionDescriptor("send_request", "github"),
        Outcome = InteractionOutcome.Failure,
        Severity = FailureSeverity.Error,
        Reason = "server_error",
        Extras = new Dictionary<string, object?>(StringComparer.Ordinal),
        Duration = TimeSpan.Zero,
    };

    private static Dictionary<(string Interaction, string Outcome), int> Counts(params (string Interaction, string Outcome, int Count)[] counts) =>
        counts.ToDictionary(one => (one.Interaction, one.Outcome), one => one.Count);
}
