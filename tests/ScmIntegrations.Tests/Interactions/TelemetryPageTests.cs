using System.Reflection;
using System.Text.RegularExpressions;
using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Interactions;

/// <summary>docs/telemetry.md says what the code does.</summary>
public sealed partial class TelemetryPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "telemetry.md"));

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

    private static IEnumerable<string> Constants() =>
        typeof(ScmTelemetry).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!);

    [GeneratedRegex("`(?<name>scm\\.[a-z_.]+)`", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ScmName();

    [GeneratedRegex("^\\| `(?<name>scm[a-z_.]+)` \\| (?:counter|histogram) \\| `(?<unit>[^`]+)` \\|", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Instrument();
}
