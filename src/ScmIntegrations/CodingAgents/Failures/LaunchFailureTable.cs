using ScmIntegrations.Errors;
using static ScmIntegrations.CodingAgents.Failures.LaunchFailureType;
using static ScmIntegrations.Errors.ErrorReason;

namespace ScmIntegrations.CodingAgents.Failures;

/// <summary>
/// What a launch failed for, as data. Definite reasons first, the same for all agents; then the agent's own rows; what remains is generic.
/// </summary>
internal static class LaunchFailureTable
{
    /// <summary>The rows that stand before every agent's own.</summary>
    public static IReadOnlyList<LaunchFailureRow> Definite { get; } =
    [
        new(RateLimited) { Reasons = [PrimaryRateLimit, SecondaryRateLimit] },
        new(LaunchFailureType.BadCredentials) { Reasons = [ErrorReason.BadCredentials, CredentialMissing, ReconnectRequired, InvalidAppKey] },
        new(RepositoryNotEnabled) { Reasons = [ErrorReason.PlanRequired], Words = ["not enabled * repository", "disabled * repository", "repository * not enabled", "repository * disabled"] },
        new(LaunchFailureType.PlanRequired) { Reasons = [ErrorReason.PlanRequired] },

        // Their message and page say what to do; a permission of the installation would not help.
        new(Generic)
        {
            Reasons =
            [
                SamlSsoRequired, IpAllowList, OauthAppRestricted, ClassicTokenForbidden, FineGrainedTokenForbidden, TokenLifetimePolicy, TokenPermissionMissing,
                InstallationSuspended, InstallationGone, UserSuspended, AccountActionRequired, LoginLockedOut,
                RepositoryBlocked, LegalBlock, TradeControls, RepositoryArchived,
            ],
        },
    ];

    private static readonly LaunchFailureRow Rest = new(Generic);

    /// <summary>What an exception means for a user of the agent.</summary>
    public static LaunchFailureExplanation Explain(Exception exception, IReadOnlyList<LaunchFailureRow> agents)
    {
        if (exception is not ScmException { Error: var error })
        {
            return new(Generic);
        }

        var row = Definite.Concat(agents).FirstOrDefault(row => row.Matches(error)) ?? Rest;
        return new(row.Type)
        {
            Message = row.Message,
            FixUrl = error.FixUrl ?? row.FixUrl,
            NeededPermissions = row.NeededPermissions,
        };
    }
}
