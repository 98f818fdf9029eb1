using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using ScmIntegrations.ConventionTests.Conventions;

namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>docs/telemetry.md says what the packages log.</summary>
public sealed partial class LogEventTests
{
    private static readonly string Page = Checkout.Read("docs/telemetry.md");

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
    public void Event_ids_are_used_once() => LoggerMessages().Select(one => one.Message.EventId).Should().OnlyHaveUniqueItems();

    // Whole assemblies, so that every room's log lines must be listed.
    private static IEnumerable<(MethodInfo Method, LoggerMessageAttribute Message)> LoggerMessages() =>
        from package in new[] { Packages.Library, Packages.AspNetCore, Packages.PostgreSql }
        from type in package.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let message = method.GetCustomAttribute<LoggerMessageAttribute>()
        where message is not null
        select (method, message);

    [GeneratedRegex("^\\| (?<id>[0-9]{4}) \\| (?<event>\\w+) \\| (?<level>\\w+) \\| (?<fields>[^|]+) \\|$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LogLine();

    [GeneratedRegex("\\{(?<name>\\w+)\\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Field();
}
