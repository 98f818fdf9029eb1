using ScmIntegrations.AspNetCore.Webhooks;

namespace ScmIntegrations.AspNetCore.Tests;

/// <summary>docs/telemetry.md names what this package logs under.</summary>
public sealed class TelemetryPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "telemetry.md"));

    [Fact]
    public void The_category_and_the_interaction_stand_on_the_page() =>
        Page.Should().Contain($"`{WebhookLog.Category}`").And.Contain("`github_webhook`");

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ScmIntegrations.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}
