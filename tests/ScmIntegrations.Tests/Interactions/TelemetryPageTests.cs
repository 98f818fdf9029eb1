using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.Tests.Interactions;

/// <summary>docs/telemetry.md says what the code does.</summary>
public sealed partial class TelemetryPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "telemetry.md"));

    [Fact]
    public void Every_name_in_the_code_stands_on_the_page() =>
        Constants().Where(name => !Page.Contains($"`{name}`", StringComparison.Ordinal)).Should().BeEmpty();

    [Fact]
    public void Every_name_on_the_page_stands_in_the_code()
    {
        var onPage = ScmName().Matches(Page).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal);

        // The example of a span's name is a prefix and an interaction.
        onPage.Except(Constants(), StringComparer.Ordinal).Should().Equal("scm.get_tree");
    }

    [Fact]
    public void Instruments_have_the_units_of_the_page()
    {
        using var rig = new InteractionRig();
        rig.Start().Dispose();
        rig.Telemetry.CountRetry(client: null, ErrorReason.Timeout);
        rig.Telemetry.CountCacheRead(client: null, CacheReadResult.Hit);

        string[] instruments = ["scm.interactions", "scm.interaction.duration", "scm.retries", "scm.cache.reads"];
        var inCode = instruments.Select(name => (name, rig.Metrics.Of(name)[0].Unit!));
        var onPage = Instrument().Matches(Page).Select(match => (match.Groups["name"].Value, match.Groups["unit"].Value));

        onPage.Should().Equal(inCode);
    }

    [Fact]
    public void Event_ids_names_levels_and_fields_are_those_of_the_page()
    {
        var inCode = LoggerMessages().Select(one => (
            one.Message.EventId.ToString(System.Globalization.CultureInfo.InvariantCulture),
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
    public void Event_ids_are_used_once() => LoggerMessages().Select(one => one.Message.EventId).Should().OnlyHaveUniqueItems();

    private static IEnumerable<string> Constants() =>
        typeof(ScmTelemetry).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!);

    // The whole assembly, so that another room's log lines must be listed too.
    private static IEnumerable<(MethodInfo Method, LoggerMessageAttribute Message)> LoggerMessages() =>
        from type in typeof(ScmTelemetry).Assembly.GetTypes()
        from method in type.GetMethods(
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
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

    [GeneratedRegex("`(?<name>scm\\.[a-z_.]+)`", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ScmName();

    [GeneratedRegex("^\\| `(?<name>scm[a-z_.]+)` \\| (?:counter|histogram) \\| `(?<unit>[^`]+)` \\|", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Instrument();

    // From 1700 on they are those of ScmIntegrations.AspNetCore, whose tests look at them.
    [GeneratedRegex("^\\| (?<id>1[0-6][0-9]{2}) \\| (?<event>\\w+) \\| (?<level>\\w+) \\| (?<fields>[^|]+) \\|\\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LogLine();

    [GeneratedRegex("\\{(?<name>\\w+)\\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Field();
}
