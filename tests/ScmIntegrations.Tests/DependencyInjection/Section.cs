using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.Tests.DependencyInjection;

/// <summary>Sections of configuration, and what a client says of one.</summary>
internal static class Section
{
    public const string Token = "ghp_THISMUSTNEVERPRINT0123456789";

    /// <summary>The section <c>Scm:GitHub</c> of such keys.</summary>
    public static IConfigurationSection Of(params (string Key, string? Value)[] values) => At("Scm:GitHub", values);

    public static IConfigurationSection At(string path, params (string Key, string? Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(one => KeyValuePair.Create($"{path}:{one.Key}", one.Value)))
        .Build()
        .GetSection(path);

    public static IConfigurationSection Json(string json) => new ConfigurationBuilder()
        .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$$"""{"Scm":{"GitHub":{{{json}}}}}""")))
        .Build()
        .GetSection("Scm:GitHub");

    /// <summary>The options of a client, as it sees them.</summary>
    public static GitHubIntegrationOptions Read(Action<IScmIntegrationsBuilder> add, string name = "acme")
    {
        var services = new ServiceCollection();
        add(services.AddScmIntegrations());
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<GitHubIntegrationOptions>>().Get(name);
    }

    public static GitHubIntegrationOptions Read(params IConfigurationSection[] sections) => Read(builder => Array.ForEach(sections, section => builder.AddGitHub("acme", section)));

    /// <summary>What is wrong, said when the client is first resolved.</summary>
    public static IReadOnlyList<string> Failures(Action<IScmIntegrationsBuilder> add, string name = "acme")
    {
        var services = new ServiceCollection();
        add(services.AddScmIntegrations());
        using var provider = services.BuildServiceProvider();
        try
        {
            provider.GetRequiredKeyedService<IGitHubIntegrationClient>(name).Should().NotBeNull();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            exception.ToString().Should().NotContain("THISMUST");
            return [.. exception.Failures];
        }
    }

    public static IReadOnlyList<string> Failures(params IConfigurationSection[] sections) => Failures(builder => Array.ForEach(sections, section => builder.AddGitHub("acme", section)));
}
