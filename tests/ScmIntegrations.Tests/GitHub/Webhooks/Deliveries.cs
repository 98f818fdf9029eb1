using System.Security.Cryptography;
using System.Text;
using ScmIntegrations.GitHub.Webhooks;

namespace ScmIntegrations.Tests.GitHub.Webhooks;

/// <summary>Deliveries as GitHub sends them, shortened where nothing is read.</summary>
internal static class Deliveries
{
    public const string Secret = "a webhook secret that must never print";
    public const string DeliveryId = "72d3162e-cc78-11e3-81ab-4c9367dc0958";

    private const string Repository = """{"id":186853002,"node_id":"MDEwOlJlcG9zaXRvcnkxODY4NTMwMDI=","name":"api","full_name":"acme/api","private":true,"owner":{"login":"acme","id":21031067,"type":"Organization"},"html_url":"https://github.com/acme/api","pushed_at":1557933657,"default_branch":"main"}""";
    private const string Installation = """{"id":7,"node_id":"MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9uNw=="}""";
    private const string FullInstallation = """{"id":7,"account":{"login":"acme","id":21031067,"type":"Organization"},"repository_selection":"selected","app_id":1,"permissions":{"metadata":"read","contents":"read"},"events":["push"],"suspended_at":null}""";
    private const string Slim = """{"id":186853007,"node_id":"MDEwOlJlcG9zaXRvcnkxODY4NTMwMDc=","name":"NAME","full_name":"acme/NAME","private":false}""";

    public static string Push(string gitRef = "refs/heads/main", bool created = false, bool deleted = false, string installation = Installation, string repository = "acme/api") => $$$"""
        {"ref":"{{{gitRef}}}","before":"6113728f27ae82c7b1a177c8d03f9e96e0adf246","after":"0000000000000000000000000000000000000000","repository":{{{Repository.Replace("acme/api", repository, StringComparison.Ordinal)}}},
        "pusher":{"name":"octocat","email":"o@example.com"},"installation":{{{installation}}},"sender":{"login":"octocat","id":1},"created":{{{Json(created)}}},"deleted":{{{Json(deleted)}}},"forced":true,"base_ref":null,"compare":"https://github.com/acme/api/compare/6113728f27ae...000000000000","commits":[],"head_commit":null}
        """;

    public static string RepositoryChange(string action, string changes = "") =>
        $$$"""{"action":"{{{action}}}",{{{changes}}}"repository":{{{Repository}}},"organization":{"login":"acme","id":21031067},"installation":{{{Installation}}},"sender":{"login":"octocat","id":1}}""";

    public static string InstallationChange(string action, string? repositories = null) =>
        $$$"""{"action":"{{{action}}}","installation":{{{FullInstallation}}},{{{(repositories is null ? "" : $"\"repositories\":[{repositories}],")}}}"requester":null,"sender":{"login":"octocat","id":1}}""";

    public static string RepositoriesChange(string action, string[] added, string[] removed) => $$$"""
        {"action":"{{{action}}}","installation":{{{FullInstallation}}},"repository_selection":"selected","repositories_added":[{{{string.Join(',', added.Select(SlimRepository))}}}],
        "repositories_removed":[{{{string.Join(',', removed.Select(SlimRepository))}}}],"requester":null,"sender":{"login":"octocat","id":1}}
        """;

    /// <summary>The body of <c>create</c> and <c>delete</c>.</summary>
    public static string RefChange(string gitRef, string refType) =>
        $$$"""{"ref":"{{{gitRef}}}","ref_type":"{{{refType}}}","master_branch":"main","description":null,"pusher_type":"user","repository":{{{Repository}}},"installation":{{{Installation}}},"sender":{"login":"octocat","id":1}}""";

    /// <summary>The body of <c>github_app_authorization</c>.</summary>
    public static string AuthorizationRevoked(string sender = """{"login":"octocat","id":1,"type":"User"}""") => $$$"""{"action":"revoked","sender":{{{sender}}}}""";

    /// <summary>The body of <c>organization</c>.</summary>
    public static string OrganizationChange(string action, string login = "acme", string changes = "") =>
        $$$"""{"action":"{{{action}}}",{{{changes}}}"membership":{"role":"member","user":{"login":"octocat","id":1}},"organization":{"login":"{{{login}}}","id":21031067},"installation":{{{Installation}}},"sender":{"login":"octocat","id":1}}""";

    /// <summary>The body of <c>membership</c>.</summary>
    public static string MembershipChange(string action) =>
        $$$"""{"action":"{{{action}}}","scope":"team","member":{"login":"octocat","id":1},"team":{"name":"core","id":3},"organization":{"login":"acme","id":21031067},"installation":{{{Installation}}},"sender":{"login":"octocat","id":1}}""";

    /// <summary>The body of <c>member</c>.</summary>
    public static string MemberChange(string action) =>
        $$$"""{"action":"{{{action}}}","member":{"login":"octocat","id":1},"changes":{"permission":{"to":"write"}},"repository":{{{Repository}}},"installation":{{{Installation}}},"sender":{"login":"octocat","id":1}}""";

    /// <summary>The body of <c>installation_target</c>.</summary>
    public static string TargetRenamed(string from, string to) =>
        $$$"""{"action":"renamed","account":{"login":"{{{to}}}","id":21031067,"type":"Organization"},"changes":{"login":{"from":"{{{from}}}"}},"target_type":"Organization","installation":{{{Installation}}},"sender":{"login":"octocat","id":1}}""";

    public static string SlimRepository(string name) => Slim.Replace("NAME", name, StringComparison.Ordinal);

    /// <summary>A delivery that is signed with the secret.</summary>
    public static GitHubWebhookDelivery Signed(string name, string body, string secret = Secret) =>
        new(Encoding.UTF8.GetBytes(body)) { Event = name, DeliveryId = DeliveryId, Signature = Sign(body, secret) };

    public static string Sign(string body, string secret = Secret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    /// <summary>The event of a delivery that is accepted.</summary>
    public static T Accept<T>(string name, string body)
        where T : GitHubWebhookEvent
    {
        var result = new GitHubWebhookReceiver(Secret).Receive(Signed(name, body));
        result.IsAccepted.Should().BeTrue(result.Message);
        return result.Event.Should().BeAssignableTo<T>().Subject;
    }

    private static string Json(bool value) => value ? "true" : "false";
}
