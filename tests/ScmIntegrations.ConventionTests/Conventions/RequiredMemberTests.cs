using System.Reflection;
using System.Runtime.CompilerServices;

namespace ScmIntegrations.ConventionTests.Conventions;

/// <summary>
/// A new required member passes package validation, yet breaks the source of everybody who makes the type. So the types that may have
/// some are listed; on a released one the list never grows.
/// </summary>
public sealed class RequiredMemberTests
{
    private static readonly string[] Known =
    [
        "CodingAgentLaunchReportFailure.ErrorMessage", "CodingAgentLaunchReportFailure.RepoName",
        "CodingAgentTask.Agent", "CodingAgentTask.Id", "CodingAgentTask.State",
        "ConnectedAccount.Id", "ConnectedAccount.Identity", "ConnectedAccount.Status",
        "FailureReport.Descriptor", "FailureReport.Duration", "FailureReport.Outcome", "FailureReport.Reason", "FailureReport.Severity", "FailureReport.Extras",
        "GitHubAccount.Id", "GitHubAccount.Login",
        "GitHubAppRegistration.Id",
        "GitHubAppOptions.ClientId", "GitHubAppOptions.Signer",
        "GitHubAuthorization.State",
        "GitHubDeviceCode.ExpiresAt", "GitHubDeviceCode.UserCode", "GitHubDeviceCode.VerificationAddress",
        "GitHubFile.Content", "GitHubFile.Path", "GitHubFile.Sha",
        "GitHubInstallation.Id",
        "GitHubInstallationToken.ExpiresAt", "GitHubInstallationToken.Token",
        "GitHubRateLimit.Limit", "GitHubRateLimit.Remaining", "GitHubRateLimit.ResetsAt",
        "GitHubRateLimits.Resources", "GitHubRateLimits.IsEnabled",
        "GitHubRepository.FullName", "GitHubRepository.Id",
        "GitHubUserToken.AccessToken",
        "InstallationAudit.Installation",
        "ScmError.Message", "ScmError.Origin", "ScmError.Reason",
        "StoredAccount.CreatedAt", "StoredAccount.CredentialVersion", "StoredAccount.Id", "StoredAccount.Identity", "StoredAccount.Status", "StoredAccount.UpdatedAt", "StoredAccount.Version",
        "TreeScanResult.Repository", "TreeScanResult.Status",
    ];

    [Fact]
    public void No_member_becomes_required() =>
        Packages.PublicTypes
            .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(property => property.IsDefined(typeof(RequiredMemberAttribute)))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")
            .Should().BeEquivalentTo(Known);
}
