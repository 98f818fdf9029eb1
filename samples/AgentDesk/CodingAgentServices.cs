using ScmIntegrations.Errors;

namespace AgentDesk;

/// <summary>Everything of the library that this application uses. Start reading here.</summary>
internal static class CodingAgentServices
{
    /// <summary>The key of the client that speaks as the App itself.</summary>
    public const string App = "app";

    public static void AddCodingAgents(this IServiceCollection services, DeskConnection connection)
    {
        // snippet:coding-agents
        var library = services.AddScmIntegrations();

        // GitHub in the user's name; Copilot is launched with the same credential.
        library.AddGitHub(gitHub =>
        {
            gitHub.ApiAddress = connection.GitHubAddress;
            gitHub.UseToken(connection.UserToken, CredentialOwner.Customer);
        }).AddCopilotAgent();

        // GitHub as the App: it knows which installation covers a repository, what was granted there, and the page that grants more.
        library.AddGitHub(App, gitHub =>
        {
            gitHub.ApiAddress = connection.GitHubAddress;
            gitHub.UseApp(connection.AppClientId, connection.AppPrivateKeyPem);
        }).AddInstallationLookup();

        library.AddCursorAgent(cursor =>
        {
            cursor.Address = connection.CursorAddress;
            cursor.ApiKey = connection.CursorKey;
        });
        // end-snippet
    }
}
