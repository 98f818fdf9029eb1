namespace ScmIntegrations.Simulations.Limits;

/// <summary>
/// Eight instances share one installation's 5,000 requests an hour for three hours, in steps of a second: interactive calls,
/// somebody else's tool, and a backlog of background work that every instance sends as fast as it may.
/// </summary>
public static class LimitSharingSimulation
{
    public const int Instances = 8;
    public const int Limit = 5_000;
    public const int Window = 3_600;
    public const int BackgroundPerStep = 10;
    public const double InteractivePerSecond = 0.2;
    public const double ForeignPerSecond = 500d / Window;

    private const int Steps = 3 * Window;
    private const int Backlog = 12_000;

    public static LimitSharingReport Run(SharingPolicy policy, int seed)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var random = new Random(seed);
        var coolDown = new CoolDown(policy.CoolDown);
        using var rule = policy.NewRule();
        var backlog = Enumerable.Repeat(Backlog / Instances, Instances).ToArray();
        var report = new LimitSharingReport();
        var (used, usedKnown) = (0, 0);
        for (var step = 0; step < Steps; step++)
        {
            rule.Begin(step);
            if (step % Window == 0)
            {
                (used, usedKnown) = (0, 0);
                coolDown.End();
            }

            if (random.NextDouble() < ForeignPerSecond && used < Limit)
            {
                used++;
            }

            if (random.NextDouble() < InteractivePerSecond)
            {
                var instance = random.Next(Instances);
                var succeeded = !coolDown.Stops(instance, step) && Send(instance, isInteractive: true);
                report.CountInteractive(succeeded);
            }

            var untilReset = Window - (step % Window);
            for (var instance = 0; instance < Instances; instance++)
            {
                for (var sent = 0; sent < BackgroundPerStep && backlog[instance] > 0 && !coolDown.Stops(instance, step) && rule.MaySend(instance, Limit - usedKnown, untilReset); sent++)
                {
                    backlog[instance] -= Send(instance, isInteractive: false) ? 1 : 0;
                }
            }

            usedKnown = used;
            report.CountStep(isAtZero: used >= Limit);

            bool Send(int instance, bool isInteractive)
            {
                var isServed = used < Limit;
                used += isServed ? 1 : 0;
                if (!isServed)
                {
                    report.Wasted++;
                    coolDown.Note(instance, step);
                }

                rule.Sent(instance, isInteractive, used);
                return isServed;
            }
        }

        report.BackgroundDone = Backlog - backlog.Sum();
        return report;
    }
}
