using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.CodingAgents.Failures;

/// <summary>What an error of a launch means for the user of a product, as far as the error alone tells.</summary>
/// <param name="Type">What the launch failed for.</param>
public sealed record LaunchFailureExplanation(LaunchFailureType Type)
{
    /// <summary>The sentence for the user, with <c>{repository}</c> where the name belongs; <see langword="null"/> for the error's own message and advice.</summary>
    public string? Message { get; init; }

    /// <summary>The sentence with the repository's name in it.</summary>
    internal string? MessageFor(RepositoryRef repository) => Message?.Replace("{repository}", repository.FullName, StringComparison.Ordinal);

    /// <summary>Where a person can put it right.</summary>
    public Uri? FixUrl { get; init; }

    /// <summary>What a launch needs of the GitHub App's installation, for example <c>contents=write</c>, when the answer did not say.</summary>
    public IReadOnlyList<string> NeededPermissions { get; init; } = [];

    /// <summary>The alternatives that would do: what the answer says is accepted, else what is known to be needed.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> Accepted(Exception exception) =>
        exception is ScmPermissionException { AcceptedPermissions: { Count: > 0 } said } ? said : [NeededPermissions];
}
