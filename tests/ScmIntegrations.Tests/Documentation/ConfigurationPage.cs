using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace ScmIntegrations.Tests.Documentation;

/// <summary>Prints <c>docs/configuration.md</c>.</summary>
internal static class ConfigurationPage
{
    public static string Print()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Configuration

            What is registered below takes a section of configuration instead of a delegate, or before one: `AddGitHub(configuration.GetSection("Scm:GitHub"))`. Below are the keys of each section, which are the paths of the options in code as well. This page is printed from the tables that bind and validate; a test compares it with them.

            - A section is read once, when the client is made; a change afterwards is not seen. What a delegate sets comes after the section, and of several sections of one name the last one that sets an option decides.
            - Everything that is wrong is told at once, when the host starts or the client is first resolved, with the value, the limit and the path: `The GitHub client 'acme': Scm:GitHub:MaxPages is 0; it is from 1 to 10000 pages.` No secret is shown.
            - A key that is not known is an error that names the nearest one that is; so is a section that is absent or empty. A key whose value is `null` counts as absent.
            - Times are written as .NET writes them (`00:01:30`, `1.00:00:00`), numbers with a decimal point, whatever the machine's culture.
            - Not here: [webhooks](webhooks.md#options), whose options are bound by .NET and read anew when the configuration changes, and what is set in code alone (health checks, PostgreSQL, the distributed cache).


            """);
        Append(page, "A GitHub client: `AddGitHub`", "`GitHubIntegrationOptions`, for example `Scm:GitHub`. One credential: `Token`, or `App:ClientId` with a key. Without a key of the App an `IAppJwtSigner` that is registered signs; without any credential an `IGitHubCredential` that is registered under the client's name speaks, for the default client also one without a key.", GitHubOptionTable.Table);
        Append(page, "Tokens of users: `AddGitHubUserTokens`", "`GitHubUserTokenOptions`, for example `Scm:GitHubUserTokens`.", GitHubUserTokenOptionTable.Table);
        Append(page, "Copilot's coding agent: `AddCopilotAgent`", "`CopilotAgentOptions`, for example `Scm:Copilot`.", CopilotAgentOptionTable.Table);
        Append(page, "Cursor's agents: `AddCursorAgent`", "`CursorAgentOptions`, for example `Scm:Cursor`.", CursorAgentOptionTable.Table);
        Append(page, "Scalekit: `AddScalekit`", "`ScalekitOptions`, for example `Scm:Scalekit`.", ScalekitOptionTable.Table);
        Append(page, "Connected accounts: `AddConnectedAccounts`", "`ConnectedAccountsOptions`, for example `Scm:Accounts`.", ConnectedAccountsOptionTable.Table);
        return page.ToString().ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
    }

    private static void Append<TOptions>(StringBuilder page, string heading, string about, OptionTable<TOptions> table)
        where TOptions : class, new()
    {
        var untouched = new TOptions();
        page.Append("## ").AppendLine(heading).AppendLine().AppendLine(about).AppendLine();
        page.AppendTable(
            ["Key", "Default", "Limits", "Meaning"],
            table.Rows.Select(row => new[] { $"`{row.Key}`", row.Default(untouched) is { } value ? $"`{value}`" : "", row.Limits, row.Meaning }));
        page.AppendLine();
    }
}
