namespace Quickstart.Counting;

/// <summary>Counts requests by what they are for.</summary>
internal sealed class RequestCounter
{
    private readonly int[] _counts = new int[Enum.GetValues<RequestKind>().Length];

    public void Count(Uri address) => Interlocked.Increment(ref _counts[(int)KindOf(address.AbsolutePath)]);

    public RequestCounts Read() => new(
        Volatile.Read(ref _counts[(int)RequestKind.Listing]),
        Volatile.Read(ref _counts[(int)RequestKind.Tree]),
        Volatile.Read(ref _counts[(int)RequestKind.Token]),
        Volatile.Read(ref _counts[(int)RequestKind.Other]));

    // By the end of the path, because an Enterprise Server puts /api/v3 in front.
    private static RequestKind KindOf(string path) =>
        path.Contains("/git/trees/", StringComparison.Ordinal) ? RequestKind.Tree
        : path.EndsWith("/access_tokens", StringComparison.Ordinal) ? RequestKind.Token
        : path.Contains("/repos/", StringComparison.Ordinal) ? RequestKind.Other
        : path.EndsWith("/repos", StringComparison.Ordinal) || path.EndsWith("/repositories", StringComparison.Ordinal) ? RequestKind.Listing
        : RequestKind.Other;
}
