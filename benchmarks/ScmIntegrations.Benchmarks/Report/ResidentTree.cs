using System.Text;
using ScmIntegrations.GitHub.Trees;

namespace ScmIntegrations.Benchmarks.Report;

/// <summary>What one tree takes in memory, by the garbage collector's own account.</summary>
/// <param name="Bytes">All of it, for each entry.</param>
/// <param name="PathBytes">The paths in UTF-8, for each entry.</param>
internal sealed record ResidentTree(double Bytes, double PathBytes)
{
    private const int Copies = 8;

    public double Beyond => Bytes - PathBytes;

    public static async Task<ResidentTree> MeasureAsync(int entries)
    {
        await using var benchmark = new TreeReadBenchmarks { Entries = entries };
        benchmark.SetUp();
        var kept = new RepositoryTree[Copies + 1];

        // The first one brings everything into memory that is not the tree's.
        kept[Copies] = await benchmark.Client().ConfigureAwait(false);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var copy = 0; copy < Copies; copy++)
        {
            kept[copy] = await benchmark.Client().ConfigureAwait(false);
        }

        var bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / Copies / entries;
        long pathBytes = 0;
        foreach (var entry in kept[0])
        {
            pathBytes += Encoding.UTF8.GetByteCount(entry.Path);
        }

        GC.KeepAlive(kept);
        return new(bytes, (double)pathBytes / entries);
    }
}
