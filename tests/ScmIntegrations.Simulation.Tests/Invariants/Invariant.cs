using ScmIntegrations.Simulation.Tests.Running;

namespace ScmIntegrations.Simulation.Tests.Invariants;

/// <summary>Something that holds in every run.</summary>
/// <param name="Name">Its name, as a broken one is reported.</param>
/// <param name="Violations">What breaks it in a run; nothing when it holds.</param>
/// <param name="NeedsExactClock">Whether it compares times, so that a clock moved by guess says nothing.</param>
internal sealed record Invariant(string Name, Func<RunRecord, IEnumerable<string>> Violations, bool NeedsExactClock = false)
{
    public static IReadOnlyList<Invariant> All { get; } =
    [
        new(nameof(CallInvariants.EveryCallEnds), CallInvariants.EveryCallEnds),
        new(nameof(CallInvariants.EveryEndIsAResultAnScmExceptionOrTheCallersOwnCancellation), CallInvariants.EveryEndIsAResultAnScmExceptionOrTheCallersOwnCancellation),
        new(nameof(CallInvariants.EveryResultIsWhatGitHubHolds), CallInvariants.EveryResultIsWhatGitHubHolds),
        new(nameof(CallInvariants.NoCallOutlivesItsDeadline), CallInvariants.NoCallOutlivesItsDeadline, NeedsExactClock: true),
        new(nameof(InteractionInvariants.EveryInteractionHasOneOutcome), InteractionInvariants.EveryInteractionHasOneOutcome),
        new(nameof(InteractionInvariants.EveryFailureIsReportedOnce), InteractionInvariants.EveryFailureIsReportedOnce),
        new(nameof(WireInvariants.AttemptsAreBounded), WireInvariants.AttemptsAreBounded),
        new(nameof(WireInvariants.NoPostIsReceivedTwice), WireInvariants.NoPostIsReceivedTwice),
        new(nameof(WireInvariants.NothingIsSentWhileALimitHolds), WireInvariants.NothingIsSentWhileALimitHolds, NeedsExactClock: true),
        new(nameof(TokenInvariants.NoMintWithoutAReason), TokenInvariants.NoMintWithoutAReason, NeedsExactClock: true),
        new(nameof(TokenInvariants.NoSecretIsTold), TokenInvariants.NoSecretIsTold),
    ];

    /// <summary>Every broken invariant of a run, with its name in front.</summary>
    public static IEnumerable<string> Broken(RunRecord run) =>
        from invariant in All
        where run.IsExact || !invariant.NeedsExactClock
        from violation in invariant.Violations(run)
        select $"{invariant.Name}: {violation}";
}
