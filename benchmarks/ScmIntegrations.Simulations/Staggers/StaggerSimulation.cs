using System.Globalization;
using ScmIntegrations.Caching;

namespace ScmIntegrations.Simulations.Staggers;

/// <summary>
/// 5,000 repositories scanned every hour for 60 days from a cold start. A scan visits the list in order and fetches what
/// has no entry or an expired one; a fetch takes no time and never fails. Measured from day 7 on.
/// </summary>
public static class StaggerSimulation
{
    public const int Repositories = 5_000;
    private const int Scans = 60 * 24;
    private const int FirstSteadyScan = 7 * 24;
    private const int ScansPerAgeSample = 6;

    public static StaggerReport Run(ITtlStagger stagger, Predicate<string>? isNeverCached = null)
    {
        var keys = Enumerable.Range(0, Repositories).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
        var cached = Enumerable.Range(0, Repositories).Where(i => isNeverCached?.Invoke(keys[i]) != true).ToList();
        var fetchedAtScan = new int[Repositories];
        var steadyCalls = new List<int>();
        var sampledAges = new int[48];

        // Entries by the first scan that finds them expired, instead of a visit to all of them at every scan.
        var dueAt = Enumerable.Range(0, Scans).Select(_ => new List<int>()).ToArray();
        dueAt[0] = cached;
        for (var scan = 0; scan < Scans; scan++)
        {
            var now = DateTimeOffset.UnixEpoch.AddHours(scan);
            dueAt[scan].Sort();
            foreach (var index in dueAt[scan])
            {
                fetchedAtScan[index] = scan;
                var expiresAt = now + stagger.Next(keys[index], index, now);
                var due = (int)Math.Ceiling((expiresAt - DateTimeOffset.UnixEpoch).TotalHours);
                if (due < Scans)
                {
                    dueAt[due].Add(index);
                }
            }

            if (scan >= FirstSteadyScan)
            {
                steadyCalls.Add(dueAt[scan].Count + Repositories - cached.Count);
                if (scan % ScansPerAgeSample == 0)
                {
                    cached.ForEach(index => sampledAges[scan - fetchedAtScan[index]]++);
                }
            }
        }

        return new StaggerReport(steadyCalls, sampledAges);
    }
}
