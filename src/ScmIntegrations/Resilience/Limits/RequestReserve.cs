using System.Globalization;

namespace ScmIntegrations.Resilience.Limits;

/// <summary>
/// How many requests background work leaves to others at one moment: what they are expected to need until the reset, with a
/// margin for what is under way. While the rates are being learnt it is never less than the configured floor; from then on the
/// floor shrinks with the time to the reset, so that nothing is left over for nobody when the window ends.
/// </summary>
/// <param name="Limit">What the latest answer said.</param>
/// <param name="UntilReset">How long until the window ends.</param>
/// <param name="Floor">The least that is left for a whole window.</param>
/// <param name="Factor">The multiple of the expected need; zero for the floor alone.</param>
internal readonly record struct RequestReserve(RateLimitReading Limit, TimeSpan UntilReset, int Floor, double Factor)
{
    private const double WindowSeconds = 3600;

    /// <summary>The reserve, by what is known of the others.</summary>
    public int Requests(RateLimitUse.Rates known)
    {
        var share = Math.Clamp(UntilReset.TotalSeconds / WindowSeconds, 0, 1);
        var least = known.IsLearnt && Factor > 0 ? Floor * share : Floor;
        var expected = (known.InteractivePerSecond + known.ForeignPerSecond) * share * WindowSeconds;

        // Calls that come by chance come in more than expected by twice the root in one case of forty.
        var needed = Factor * (expected + (2 * Math.Sqrt(expected)));
        return (int)Math.Min(int.MaxValue, Math.Ceiling(Math.Max(least, needed)) + known.UnderWay);
    }

    /// <summary>Whether one more request can be sent in the background.</summary>
    public bool LeavesMore(RateLimitUse.Rates known) => Limit.Remaining > Requests(known);

    /// <summary>The figures, for a refusal.</summary>
    public string Explain(RateLimitUse.Rates known) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Limit.Remaining} of {Limit.Limit} requests are left until {Limit.ResetsAt:u}, and background work leaves {Requests(known)} to others ({Factor:0.##} times what {known.InteractivePerSecond:0.###} of ours and {known.ForeignPerSecond:0.###} of others a second come to in {UntilReset.TotalSeconds:0} s, at least {Floor} {(known.IsLearnt ? "an hour" : "while that is learnt")}, and {known.UnderWay} under way).");
}
