using System.Diagnostics.CodeAnalysis;

namespace ScmIntegrations.GitHub.Trees;

/// <summary>
/// Which repositories a scan has done, by their ids: keep its text, and a scan that is given it goes on from there. Safe to
/// write down while a scan is under way.
/// </summary>
public sealed class TreeScanCheckpoint
{
    private const string Version = "1.";

    // Four times the most repositories that one listing reads.
    private const int MaxRepositories = 4_000_000;

    private readonly Lock _gate = new();
    private readonly HashSet<long> _done;

    /// <summary>Nothing is done yet.</summary>
    public TreeScanCheckpoint()
        : this([])
    {
    }

    private TreeScanCheckpoint(HashSet<long> done) => _done = done;

    /// <summary>How many repositories are done.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _done.Count;
            }
        }
    }

    /// <summary>Reads the text of a checkpoint.</summary>
    /// <param name="text">What <see cref="ToString"/> gave.</param>
    /// <returns>The checkpoint.</returns>
    /// <exception cref="FormatException">The text is no checkpoint, or one of a later version.</exception>
    public static TreeScanCheckpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var checkpoint)
            ? checkpoint
            : throw new FormatException("The text is no checkpoint of a scan that this version can read.");
    }

    /// <summary>Reads the text of a checkpoint without throwing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="checkpoint">The checkpoint, when the text is one.</param>
    /// <returns>Whether it is.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out TreeScanCheckpoint? checkpoint)
    {
        checkpoint = null;
        if (text is null || !text.StartsWith(Version, StringComparison.Ordinal))
        {
            return false;
        }

        var packed = new byte[text.Length];
        if (!Convert.TryFromBase64String(text[Version.Length..], packed, out var length) || ReadIds(packed.AsSpan(0, length)) is not { } done)
        {
            return false;
        }

        checkpoint = new(done);
        return true;
    }

    /// <summary>Whether a repository is done.</summary>
    /// <param name="repositoryId">GitHub's id of the repository.</param>
    /// <returns>Whether it needs not be read again.</returns>
    public bool Contains(long repositoryId)
    {
        lock (_gate)
        {
            return _done.Contains(repositoryId);
        }
    }

    /// <summary>The checkpoint as a text without white space: about three characters a repository.</summary>
    /// <returns>The text, for <see cref="Parse"/>.</returns>
    public override string ToString()
    {
        long[] ids;
        lock (_gate)
        {
            ids = [.. _done];
        }

        // Ids in order, each as its distance from the one before, seven bits a byte.
        Array.Sort(ids);
        using var packed = new MemoryStream();
        using var writer = new BinaryWriter(packed);
        var last = 0L;
        foreach (var id in ids)
        {
            writer.Write7BitEncodedInt64(id - last);
            last = id;
        }

        writer.Flush();
        return Version + Convert.ToBase64String(packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    internal void Add(long repositoryId)
    {
        if (repositoryId <= 0)
        {
            // No repository's: a list of its like could not be read again.
            return;
        }

        lock (_gate)
        {
            _done.Add(repositoryId);
        }
    }

    private static HashSet<long>? ReadIds(ReadOnlySpan<byte> packed)
    {
        var done = new HashSet<long>();
        var (last, distance, shift) = (0L, 0UL, 0);
        foreach (var part in packed)
        {
            distance |= (ulong)(part & 0x7f) << shift;
            shift += 7;
            if (part >= 0x80)
            {
                if (shift > 56)
                {
                    return null;
                }

                continue;
            }

            last += (long)distance;
            if (last <= 0 || distance == 0 || done.Count == MaxRepositories)
            {
                return null;
            }

            done.Add(last);
            (distance, shift) = (0, 0);
        }

        return shift == 0 ? done : null;
    }
}
