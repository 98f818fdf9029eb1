namespace ScmIntegrations.Octokit.Tests.Hazards.Injection;

/// <summary>Values that would change path, query or host if they went into an address as they are.</summary>
internal static class HostileValues
{
    /// <summary>What no owner, repository, organisation or login can be.</summary>
    public static TheoryData<string> Names { get; } = new()
    {
        "../../user", "..", ".", "a/b", "/", "//evil.example", "http://evil.example", "x?admin=1", "x#y", "%2e%2e", "..%2f..%2fuser", "%2E.", "x&y=1", "a\\..\\b", "..\\", "x\r\nX-Evil: 1", "x\0", ".. ", ". ",
    };

    /// <summary>What no path within a repository and no ref can be.</summary>
    public static TheoryData<string> Paths { get; } = new()
    {
        "../../user", "..", "docs/../../../user", "docs/..", "./a", "a/./b", "%2e%2e/user", "docs/%2E%2e/user", "docs/.%2e/x", "..\\..\\user", "docs\\..\\x", "a\r\nb", "a\0b", ".. ", "docs/.. ", "docs/. ",
    };
}
