using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ScmIntegrations.ExtensionTests.Extensions;

/// <summary>The platform's own host, with everything that can be registered from configuration.</summary>
public sealed class HostTests
{
    [Fact]
    public async Task A_host_that_is_configured_wrongly_does_not_start_and_says_why()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Scm:GitHub:Token"] = Application.Token,
            ["Scm:GitHub:MaxPages"] = "many",
            ["Scm:GitHub:Trees:CacheBites"] = "1",
            ["Scm:Copilot:LaunchTimeout"] = "02:00:00",
            ["Scm:Cursor:Api"] = "V9",
        });
        var scm = builder.Services.AddScmIntegrations();
        scm.AddGitHub(builder.Configuration.GetSection("Scm:GitHub")).AddCopilotAgent(builder.Configuration.GetSection("Scm:Copilot"));
        scm.AddCursorAgent(builder.Configuration.GetSection("Scm:Cursor"));
        scm.AddScalekit(builder.Configuration.GetSection("Scm:Scalekit"));
        using var host = builder.Build();

        var thrown = await host.Awaiting(one => one.StartAsync(TestContext.Current.CancellationToken)).Should().ThrowAsync<AggregateException>();

        thrown.Which.InnerExceptions.Cast<OptionsValidationException>().SelectMany(one => one.Failures).Should().BeEquivalentTo(
            "The default GitHub client: Scm:GitHub:MaxPages is 'many'; it is a whole number from 1 to 10000 pages.",
            "The default GitHub client: Scm:GitHub:Trees:CacheBites is not known; the nearest that is known is Scm:GitHub:Trees:CacheBytes.",
            "The coding agent 'github_copilot': Scm:Copilot:LaunchTimeout is 02:00:00; it is from 00:00:00.01 to 01:00:00.",
            "The Cursor client 'cursor': Scm:Cursor:Api is 'V9'; it is one of V1, V0.",
            "The Cursor client 'cursor': Scm:Cursor:ApiKey is not set.",
            "The Scalekit client 'scalekit': the section Scm:Scalekit is absent or empty; it holds keys such as Address, ClientId, ClientSecret.",
            "The Scalekit client 'scalekit': Scm:Scalekit:Address is not set.",
            "The Scalekit client 'scalekit': Scm:Scalekit:ClientId is not set.",
            "The Scalekit client 'scalekit': Scm:Scalekit:ClientSecret is not set.");
        thrown.Which.ToString().Should().NotContain(Application.Token);
    }

    [Fact]
    public async Task A_host_that_is_configured_well_starts()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Scm:GitHub:Token", (string?)Application.Token)]);
        builder.Services.AddScmIntegrations().AddGitHub("acme", builder.Configuration.GetSection("Scm:GitHub"));
        using var host = builder.Build();

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }
}
