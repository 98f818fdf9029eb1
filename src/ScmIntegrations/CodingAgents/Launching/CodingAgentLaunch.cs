using System.Globalization;
using System.Text;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.CodingAgents.Launching;

/// <summary>What became of one repository of a batch.</summary>
/// <param name="Repository">The repository.</param>
public sealed record CodingAgentLaunch(RepositoryRef Repository)
{
    /// <summary>The task that was started; <see langword="null"/> when the launch failed.</summary>
    public CodingAgentTask? Task { get; init; }

    /// <summary>Why it failed; <see langword="null"/> when it was launched.</summary>
    public CodingAgentLaunchFailure? Failure { get; init; }

    /// <summary>What was met on the way and handled: a store that failed after the launch, an installation that could not be looked up.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>Why a launch failed, and what its user can do.</summary>
/// <param name="Type">What it failed for.</param>
/// <param name="Message">What happened and what to do, in sentences for the user. Holds no secret.</param>
public sealed record CodingAgentLaunchFailure(LaunchFailureType Type, string Message)
{
    /// <summary>The reason behind it; <see langword="null"/> when it was not an error of this library's.</summary>
    public ErrorReason? Reason { get; init; }

    /// <summary>The installation of the GitHub App that covers this repository; <see langword="null"/> when it is not known.</summary>
    public long? InstallationId { get; init; }

    /// <summary>What the installation lacks, for example <c>contents=write</c>; empty when it lacks nothing, or nobody knows.</summary>
    public IReadOnlyList<string> MissingPermissions { get; init; } = [];

    /// <summary>Where a person can put it right.</summary>
    public Uri? FixUrl { get; init; }

    /// <summary>When trying again can help; <see langword="null"/> when waiting does not help or is not known to.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Whether an agent may have been started all the same: send the batch again with its key to find out.</summary>
    public bool MayHaveBeenStarted { get; init; }

    /// <summary>The exception; <see langword="null"/> when the launch was not begun.</summary>
    public Exception? Exception { get; init; }

    // What a stranger's exception says may hold a secret, so it is not printed; the message is clean.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Type = {Type}, Message = {Message}, Reason = {Reason}, InstallationId = {InstallationId}, FixUrl = {FixUrl}, MayHaveBeenStarted = {MayHaveBeenStarted}");
        return true;
    }
}
