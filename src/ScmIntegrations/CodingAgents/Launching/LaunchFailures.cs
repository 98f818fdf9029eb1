using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;

namespace ScmIntegrations.CodingAgents.Launching;

/// <summary>Turns what a launch threw into what its user can do: type, missing permission, installation, page.</summary>
internal sealed class LaunchFailures(SideWork sideWork, IInstallationLookup? installations)
{
    /// <summary>The failure of a repository whose turn never came.</summary>
    public static CodingAgentLaunchFailure NotTried(CodingAgentTarget target) => new(LaunchFailureType.Generic, "Not launched: the batch was cancelled before its turn came.")
    {
        InstallationId = target.InstallationId,
    };

    public async Task<CodingAgentLaunchFailure> ExplainAsync(
        ICodingAgentClient agent,
        CodingAgentTarget target,
        Exception exception,
        LaunchStop stop,
        TimeSpan timeout,
        List<string> warnings,
        CancellationToken cancellationToken)
    {
        if (stop is not LaunchStop.None)
        {
            var why = stop is LaunchStop.Cancelled ? "the batch was cancelled" : $"it was given up after {timeout.TotalSeconds:0.###} s";
            return new(LaunchFailureType.Generic, $"Not known to be launched: {why} before the agent answered. Send the batch again with its key to find out.")
            {
                Reason = stop is LaunchStop.TimedOut ? ErrorReason.Timeout : null,
                InstallationId = target.InstallationId,
                MayHaveBeenStarted = true,
                Exception = exception,
            };
        }

        var explained = Explain(agent, exception, warnings);
        var installation = await FindAsync(target, warnings, cancellationToken).ConfigureAwait(false);
        var missing = explained.Type is LaunchFailureType.GitHubAppPermissions ? Missing(exception, explained, installation) : [];
        var error = (exception as ScmException)?.Error;
        return new(explained.Type, MessageOf(exception, explained, target, missing))
        {
            Reason = error?.Reason,
            InstallationId = installation?.Id ?? target.InstallationId,
            MissingPermissions = missing ?? [],
            FixUrl = explained.Type is LaunchFailureType.GitHubAppPermissions ? installation?.PermissionsUrl ?? explained.FixUrl : explained.FixUrl,
            RetryAt = error?.RetryAt,
            // Errors of this library's know whether anything was done. Of a stranger's nobody knows, but for bad input, which is not sent.
            MayHaveBeenStarted = error?.IsFateUnknown ?? exception is not (ArgumentException or NotSupportedException),
            Exception = exception,
        };
    }

    private static LaunchFailureExplanation Explain(ICodingAgentClient agent, Exception exception, List<string> warnings)
    {
        try
        {
            return agent.Explain(exception) ?? new(LaunchFailureType.Generic);
        }
        catch (Exception trouble)
        {
            // An agent of the application's own that cannot explain must not lose the failure that it was asked about.
            warnings.Add($"{agent.Name} could not explain the failure: {SafeText.Of(trouble)}");
            return new(LaunchFailureType.Generic);
        }
    }

    private Task<GitHubInstallation?> FindAsync(CodingAgentTarget target, List<string> warnings, CancellationToken cancellationToken) =>
        installations is null
            ? Task.FromResult<GitHubInstallation?>(null)
            : sideWork.TryAsync(
                "find_installation",
                $"the installation for {target.Repository} could not be looked up",
                token => installations.FindAsync(target.Repository, target.InstallationId, token),
                warnings,
                cancellationToken);

    /// <summary>What would do, without what the installation has; <see langword="null"/> when nobody knows what it has.</summary>
    private static IReadOnlyList<string>? Missing(Exception exception, LaunchFailureExplanation explained, GitHubInstallation? installation) =>
        installation is null ? null : PermissionSet.Missing(explained.Accepted(exception), installation.Permissions);

    private static string MessageOf(Exception exception, LaunchFailureExplanation explained, CodingAgentTarget target, IReadOnlyList<string>? missing)
    {
        var message = explained.Message?.Replace("{repository}", target.Repository.FullName, StringComparison.Ordinal);
        return explained.Type is LaunchFailureType.GitHubAppPermissions
            ? $"{message ?? SafeText.Of(exception)} {WhatToGrant(missing, explained.Accepted(exception).MinBy(alternative => alternative.Count) ?? [])}"
            : message is null ? SafeText.Of(exception) : $"{message} ({SafeText.WithoutAdvice(exception)})";
    }

    private static string WhatToGrant(IReadOnlyList<string>? missing, IReadOnlyList<string> needed) => missing switch
    {
        null when needed.Count == 0 => "Grant what the App asks for.",
        null => $"Update its permissions to include {Words(needed)}.",
        [] => "No permission is missing: make sure that the installation covers the repository, and that the user may write to it.",
        _ => $"Update its permissions to include {Words(missing)}.",
    };

    private static string Words(IReadOnlyList<string> permissions) => string.Join(" and ", permissions.Select(permission => $"'{permission.Replace('=', ':')}'"));
}
