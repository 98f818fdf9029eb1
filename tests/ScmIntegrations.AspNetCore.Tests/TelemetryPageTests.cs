using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using ScmIntegrations.AspNetCore.Webhooks;

namespace ScmIntegrations.AspNetCore.Tests;

/// <summary>docs/telemetry.md says what this package logs.</summary>
public sealed partial class TelemetryPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "telemetry.md"));

    [Fact]
    public void Event_ids_names_levels_and_fields_are_those_of_the_page()
    {
        var inCode = LoggerMessages().Select(one => (
            one.Message.EventId.ToString(CultureInfo.InvariantCulture),
            one.Method.Name,
            one.Message.Level.ToString(),
            string.Join(", ", Field().Matches(one.Message.Message).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal))));
        var onPage = LogLine().Matches(Page).Select(match => (
            match.Groups["id"].Value,
            match.Groups["event"].Value,
            match.Groups["level"].Value,
            string.Join(", ", match.Groups["fields"].Value.Split(", ").Order(StringComparer.Ordinal))));

        onPage.Should().NotBeEmpty().And.BeEquivalentTo(inCode);
    }

    [Fact]
    public void The_category_and_the_interaction_stand_on_the_page() =>
        Page.Should().Contain($"`{WebhookLog.Category}`").And.Contain("`github_webhook`");

    private static IEnumerable<(MethodInfo Method, LoggerMessageAttribute Message)> LoggerMessages() =>
        from type in typeof(WebhookLog).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let message = method.GetCustomAttribute<LoggerMessageAttribute>()
        where message is not null
        select (method, message);

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ScmIntegrations.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex("^\\| (?<id>17[0-9]{2}) \\| (?<event>\\w+) \\| (?<level>\\w+) \\| (?<fields>[^|]+) \\|\\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LogLine();

    [GeneratedRegex("\\{(?<name>\\w+)\\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Field();
}
