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
        var error = (exception as ScmException)?.Error;
        var failure = explained.Type is LaunchFailureType.GitHubAppPermissions
            ? PermissionFailure.Of(explained, exception, target, installation)
            : new(explained.Type, MessageOf(exception, explained, target)) { FixUrl = explained.FixUrl ?? (error?.Reason is ErrorReason.InstallationSuspended ? installation?.SettingsUrl : null) };
        return failure with
        {
            Reason = error?.Reason,
            InstallationId = installation?.Id ?? target.InstallationId,
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

    private static string MessageOf(Exception exception, LaunchFailureExplanation explained, CodingAgentTarget target) =>
        explained.MessageFor(target.Repository) is { } message ? $"{message} ({SafeText.WithoutAdvice(exception)})" : SafeText.Of(exception);
}
