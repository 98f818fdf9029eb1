using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.Tests.GitHub.Apps;

/// <summary>Where an installation is put right: the forms of the address, row by row.</summary>
public sealed class InstallationPagesTests
{
    [Theory]
    [InlineData(7L, "acme", "Organization", "organizations/acme/settings/installations/7/permissions/update")]
    [InlineData(7L, "acme", "organization", "organizations/acme/settings/installations/7/permissions/update")]
    [InlineData(7L, "octocat", "User", "settings/installations/7/permissions/update")]
    [InlineData(7L, null, "User", "settings/installations/7/permissions/update")]
    [InlineData(7L, null, "Organization", "settings/installations/")]
    [InlineData(7L, "", "Organization", "settings/installations/")]
    [InlineData(7L, "megacorp", "Enterprise", "settings/installations/")]
    [InlineData(7L, "acme", null, "settings/installations/")]
    [InlineData(null, "acme", "Organization", "settings/installations/")]
    [InlineData(null, null, "User", "settings/installations/")]
    [InlineData(0L, "acme", "Organization", "settings/installations/")]
    [InlineData(-7L, "octocat", "User", "settings/installations/")]
    [InlineData(7L, "../../evil", "Organization", "settings/installations/")]
    [InlineData(7L, "..", "Organization", "settings/installations/")]
    [InlineData(7L, "//evil.example", "Organization", "settings/installations/")]
    [InlineData(7L, "a?b", "Organization", "settings/installations/")]
    public void Every_account_has_its_page(long? id, string? account, string? type, string path)
    {
        (id is { } known ? InstallationPages.ForPermissions(Host("https://api.github.com/"), Installation(known, account, type)) : InstallationPages.ForAll(Host("https://api.github.com/"))).AbsoluteUri.Should().Be("https://github.com/" + path);
    }

    [Theory]
    [InlineData("https://api.github.com/", "https://github.com/")]
    [InlineData("https://api.octo.ghe.com/", "https://octo.ghe.com/")]
    [InlineData("https://git.acme.example/api/v3", "https://git.acme.example/")]
    [InlineData("https://git.acme.example:8443/api/v3/", "https://git.acme.example:8443/")]
    [InlineData("http://127.0.0.1:5000/", "https://github.com/")]
    public void Every_GitHub_has_its_pages(string apiAddress, string web)
    {
        InstallationPages.ForPermissions(Host(apiAddress), Installation(7, "acme", "Organization")).AbsoluteUri.Should().Be(web + "organizations/acme/settings/installations/7/permissions/update");
        InstallationPages.ForSettings(Host(apiAddress), Installation(7, "octocat", "User")).AbsoluteUri.Should().Be(web + "settings/installations/7");
        InstallationPages.ForAll(Host(apiAddress)).AbsoluteUri.Should().Be(web + "settings/installations/");
    }

    private static GitHubInstallation Installation(long id, string? account, string? type) => new()
    {
        Id = id,
        Account = account is null ? null : new() { Id = 1, Login = account },
        TargetType = type,
    };

    private static GitHubHost Host(string apiAddress) => new(new Uri(apiAddress));
}
