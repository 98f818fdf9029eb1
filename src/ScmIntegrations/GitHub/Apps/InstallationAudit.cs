namespace ScmIntegrations.GitHub.Apps;

/// <summary>One installation held against the permissions that are wanted of it.</summary>
public sealed record InstallationAudit
{
    /// <summary>The installation.</summary>
    public required GitHubInstallation Installation { get; init; }

    /// <summary>What it lacks, in the order of the names; empty when it has everything.</summary>
    public IReadOnlyList<PermissionGap> Missing { get; init; } = [];

    /// <summary>What could not be decided, in sentences: a level that is new to this library, or a permission that such an account cannot grant. None of it counts as missing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Where an administrator of the account puts it right; <see langword="null"/> when nothing is missing and it is not suspended.</summary>
    public Uri? FixUrl { get; init; }

    /// <summary>Whether nothing is missing. A suspended installation can be complete, and is of no use all the same.</summary>
    public bool IsComplete => Missing.Count == 0;

    /// <summary>Whether it is suspended: until that is lifted, nothing can be asked in its name.</summary>
    public bool IsSuspended => Installation.SuspendedAt is not null;
}
