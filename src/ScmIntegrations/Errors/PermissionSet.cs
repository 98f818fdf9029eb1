namespace ScmIntegrations.Errors;

/// <summary>Permissions as GitHub writes them in <c>X-Accepted-GitHub-Permissions</c>, and what of them is missing.</summary>
internal static class PermissionSet
{
    // A level includes those before it.
    private static readonly string[] Levels = ["read", "write", "admin"];

    /// <summary>The alternatives of the header: a semicolon is OR, a comma is AND.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Parse(string? accepted) =>
    [
        .. (accepted ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(alternative => alternative.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(alternative => alternative.Length > 0),
    ];

    /// <summary>What the nearest alternative needs beyond what is granted; empty when one alternative is granted whole, or nothing was accepted.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyList<IReadOnlyList<string>> accepted, IReadOnlyDictionary<string, string> granted) =>
        accepted
            .Select(alternative => (IReadOnlyList<string>)[.. alternative.Where(needed => !IsGranted(needed, granted))])
            .MinBy(missing => missing.Count) ?? [];

    /// <summary>Whether one level includes another; <see langword="null"/> when it cannot be told, because one of them is new to us or no level at all.</summary>
    /// <param name="has">The level that was granted; <see langword="null"/> for none.</param>
    /// <param name="needed">The level that is wanted.</param>
    public static bool? IsCovered(string? has, string? needed) =>
        Rank(needed) < 0 ? (needed is not null && needed.Equals(has, StringComparison.OrdinalIgnoreCase) ? true : null)
        : has is null ? false
        : Rank(has) < 0 ? null
        : Rank(has) >= Rank(needed);

    private static bool IsGranted(string needed, IReadOnlyDictionary<string, string> granted)
    {
        var (name, level) = needed.Split('=', 2, StringSplitOptions.TrimEntries) is [var first, var second] ? (first, second) : (needed, "");

        // "allows_permissionless_access=true" stands for an endpoint that needs none.
        return name.Equals("allows_permissionless_access", StringComparison.OrdinalIgnoreCase)
            || (granted.TryGetValue(name, out var has) && Covers(has, level.Length == 0 ? Levels[0] : level));
    }

    // A level that is new to us covers itself alone, and is covered by no other, so that nothing is called granted by mistake.
    private static bool Covers(string? has, string needed) =>
        needed.Equals(has, StringComparison.OrdinalIgnoreCase) || (Rank(needed) is >= 0 and var least && Rank(has) >= least);

    private static int Rank(string? level) => Array.IndexOf(Levels, level?.ToLowerInvariant());
}
