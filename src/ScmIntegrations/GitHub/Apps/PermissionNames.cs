namespace ScmIntegrations.GitHub.Apps;

/// <summary>Checks permissions that a caller gives, before anything is asked.</summary>
internal static class PermissionNames
{
    /// <summary>Refuses what cannot be meant; <see langword="null"/> stands for all permissions.</summary>
    /// <exception cref="ArgumentException">There is none, or a name or level is blank.</exception>
    public static void Check(IReadOnlyDictionary<string, string>? permissions, string parameter)
    {
        if (permissions is { Count: 0 })
        {
            throw new ArgumentException("No permission is named; give one or more, or null for all of them.", parameter);
        }

        if (permissions?.FirstOrDefault(pair => string.IsNullOrWhiteSpace(pair.Key) || string.IsNullOrWhiteSpace(pair.Value)) is (var name, var level) && (name ?? level) is not null)
        {
            throw new ArgumentException($"The permission '{name}' with the level '{level}' has a blank name or level; one is for example contents → read.", parameter);
        }
    }
}
