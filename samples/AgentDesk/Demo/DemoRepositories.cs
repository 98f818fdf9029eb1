namespace AgentDesk.Demo;

/// <summary>Who there is in the demonstration, and what becomes of a launch at each repository.</summary>
internal static class DemoRepositories
{
    /// <summary>The accounts with their installation of the App. Those that installed it before it asked for <c>contents: write</c> have not granted that.</summary>
    public static IReadOnlyList<DemoOwner> Owners { get; } =
    [
        new("acme", "Organization", 101, "write", "storefront", "legacy", "payments", "reports", "identity", "mobile"),
        new("globex", "Organization", 202, "read", "warehouse", "pricing"),
        new("initech", "Organization", 303, "read", "timesheets"),
        new("octavia", "User", 404, "read", "dotfiles"),
    ];

    /// <summary>Every repository, OWNER/NAME.</summary>
    public static IEnumerable<string> Names => Owners.SelectMany(owner => owner.Names);

    /// <summary>Where Copilot asks for a license.</summary>
    public const string NotLicensed = "acme/mobile";

    /// <summary>Where the user's quota of Copilot does not reach any more.</summary>
    public const string QuotaUsedUp = "acme/reports";

    /// <summary>Where GitHub asks for single sign-on.</summary>
    public const string SingleSignOn = "acme/identity";

    /// <summary>What Cursor's own App cannot see.</summary>
    public const string HiddenFromCursor = "acme/legacy";

    /// <summary>Where Cursor's rate limit holds.</summary>
    public const string LimitedAtCursor = "acme/reports";

    /// <summary>Where the agent is launched and gives up.</summary>
    public const string GivesUp = "acme/payments";
}

/// <summary>An account with its repositories.</summary>
internal sealed record DemoOwner(string Login, string Type, long InstallationId, string Contents, params string[] Repositories)
{
    /// <summary>The repositories, OWNER/NAME.</summary>
    public IEnumerable<string> Names => Repositories.Select(name => $"{Login}/{name}");

    /// <summary>Whether a launch lacks a permission here.</summary>
    public bool LacksPermission => Contents is not "write";
}
