using ScmIntegrations.AspNetCore.Webhooks;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.AspNetCore.Tests;

/// <summary>docs/telemetry.md names what this package logs under.</summary>
public sealed class TelemetryPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "telemetry.md"));

    [Fact]
    public void The_category_and_the_interaction_stand_on_the_page() =>
        Page.Should().Contain($"`{WebhookLog.Category}`").And.Contain("`github_webhook`");
}
