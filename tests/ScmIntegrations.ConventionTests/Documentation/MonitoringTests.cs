using System.Text.Json;
using System.Text.RegularExpressions;

namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>Alert rules and dashboard ask for what the library emits: a renamed metric would silence an alert without a word.</summary>
public sealed partial class MonitoringTests
{
    private static readonly TelemetryNames Names = TelemetryNames.Read();

    public static TheoryData<string, string> Expressions
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var (rule, expression) in Rules())
            {
                rows.Add(rule, expression);
            }

            using var dashboard = JsonDocument.Parse(Checkout.Read("docs/monitoring/dashboard.json"));
            foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
            {
                foreach (var target in panel.GetProperty("targets").EnumerateArray())
                {
                    rows.Add($"{panel.GetProperty("title").GetString()} {target.GetProperty("refId").GetString()}", target.GetProperty("expr").GetString()!);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Expressions))]
    public void An_expression_uses_what_the_pages_promise(string place, string expression)
    {
        expression.Should().Contain("scm_", place);
        Names.StrangersIn(expression).Should().BeEmpty();
    }

    [Fact]
    public void Everything_that_is_measured_is_on_the_dashboard()
    {
        var dashboard = Checkout.Read("docs/monitoring/dashboard.json");

        // The sum and the count of the duration say nothing that its buckets do not.
        Names.Metrics.Where(metric => !metric.EndsWith("_sum", StringComparison.Ordinal) && !metric.EndsWith("_count", StringComparison.Ordinal))
            .Where(metric => !dashboard.Contains(metric, StringComparison.Ordinal))
            .Should().BeEmpty();
    }

    [Fact]
    public void Every_rule_has_a_test_that_sees_it_fire_and_a_row_on_the_page()
    {
        var tests = Checkout.Read("docs/monitoring/alerts.test.yml");
        var page = Checkout.Read("docs/monitoring/README.md");

        foreach (var (rule, _) in Rules())
        {
            tests.Should().MatchRegex($@"alertname: {rule}\n +exp_alerts:\n", "{0} is seen to fire", rule);
            page.Should().Contain($"| `{rule}` |");
        }
    }

    [Theory]
    [InlineData("sum(rate(scm_interaction_total[5m]))", "scm_interaction_total")]
    [InlineData("rate(scm_interactions_total{scm_result=\"failure\"}[5m])", "scm_interactions_total{scm_result}")]
    [InlineData("rate(scm_interactions_total{scm_outcome=\"failed\"}[5m])", "scm_outcome=\"failed\"")]
    [InlineData("rate(scm_interactions_total{error_type=~\"rate_limited|timeout\"}[5m])", "error_type=\"rate_limited\"")]
    [InlineData("sum by (scm_tenant) (rate(scm_retries_total[5m]))", "by (scm_tenant)")]
    [InlineData("rate(scm_retries_total{scm_outcome=\"failure\"}[5m])", "scm_retries_total{scm_outcome}")]
    public void A_name_that_nobody_promised_is_found(string expression, string stranger) => Names.StrangersIn(expression).Should().Equal(stranger);

    private static IEnumerable<(string Rule, string Expression)> Rules() =>
        Rule().Matches(Checkout.Read("docs/monitoring/alerts.yml")).Select(match => (match.Groups["name"].Value, match.Groups["expression"].Value));

    [GeneratedRegex(@"- alert: (?<name>\w+)\n(?: +#[^\n]*\n)* +expr: \|\n(?<expression>(?: {10}[^\n]*\n)+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Rule();
}
