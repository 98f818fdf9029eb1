namespace ScmIntegrations.Simulations.Limits;

/// <summary>A way to share a limit.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="CoolDown">Who stops after a rejected call.</param>
/// <param name="NewRule">What holds background work back; made anew for every run.</param>
public sealed record SharingPolicy(string Name, CoolDownKind CoolDown, Func<IBackgroundRule> NewRule)
{
    public static SharingPolicy None { get; } = new("none", CoolDownKind.None, () => new NoRule());

    public static SharingPolicy LocalCoolDown { get; } = new("local cool-down", CoolDownKind.Local, () => new NoRule());

    public static SharingPolicy SharedCoolDown { get; } = new("shared cool-down, 1 s lag", CoolDownKind.Shared, () => new NoRule());

    public static SharingPolicy FlatFloor { get; } = new("+ flat floor of 10 %", CoolDownKind.Shared, () => new FlatFloorRule());

    public static SharingPolicy AdaptiveFloor { get; } = new("+ floor for the time left, rates known", CoolDownKind.Shared, () => new AdaptiveFloorRule());

    public static SharingPolicy PacedBucket { get; } = new("+ flat floor and paced bucket", CoolDownKind.Shared, () => new PacedBucketRule());

    /// <summary>The library when all calls go through one of its clients: it sees everything but the foreign tool.</summary>
    public static SharingPolicy OursInOnePlace { get; } = new("**ours**, one client for all", CoolDownKind.Shared, () => new LearntFloorRule(learners: 1));

    /// <summary>The library in every instance for itself: the background work of the other instances is use by others, as the foreign tool is.</summary>
    public static SharingPolicy Ours { get; } = new("**ours**, a client in each instance", CoolDownKind.Shared, () => new LearntFloorRule(LimitSharingSimulation.Instances));

    public static IReadOnlyList<SharingPolicy> All { get; } =
        [None, LocalCoolDown, SharedCoolDown, FlatFloor, AdaptiveFloor, PacedBucket, OursInOnePlace, Ours];
}
