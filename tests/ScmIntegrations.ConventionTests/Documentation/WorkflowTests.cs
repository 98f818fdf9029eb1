using System.Text.RegularExpressions;

namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>A workflow runs what it names with what it is allowed: actions are pinned to a commit, and every job asks for as little as it needs.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string[] Needed = ["permissions", "timeout-minutes"];

    public static TheoryData<string> Workflows => ["ci", "octokit", "release", "weekly"];

    [Fact]
    public void Every_workflow_is_checked() => Checkout.FilesIn(".github/workflows").Should().BeEquivalentTo(Workflows.Select(row => $"{row.Data}.yml"));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_are_pinned_and_permissions_are_few(string workflow) => Faults(Checkout.Read($".github/workflows/{workflow}.yml")).Should().BeEmpty();

    [Fact]
    public void Only_the_jobs_of_a_release_may_write()
    {
        var writers = from row in Workflows
                      from Match job in Job().Matches(Checkout.Read($".github/workflows/{row.Data}.yml"))
                      from Match permission in Writing().Matches(job.Value)
                      select $"{row.Data}/{job.Groups["name"].Value}: {permission.Groups["scope"].Value}";

        writers.Should().BeEquivalentTo("release/attest: id-token", "release/attest: attestations", "release/publish: id-token", "release/release: contents");
    }

    [Theory]
    [InlineData("      - uses: actions/checkout@v7", "actions/checkout@v7 is not pinned to a commit")]
    [InlineData("      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1", "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 does not say its version")]
    [InlineData("      - run: echo ${{ github.head_ref }}", "an expression in a command: ${{ github.head_ref }}")]
    public void A_careless_step_is_found(string step, string fault) =>
        Faults($"permissions: {{}}\njobs:\n  one:\n    timeout-minutes: 5\n    permissions:\n      contents: read\n    steps:\n{step}\n").Should().Equal(fault);

    [Fact]
    public void A_careless_job_is_found() => Faults("jobs:\n  one:\n    steps:\n      - run: true\n").Should().Equal(
        "the workflow does not begin with permissions: {}", "one has no permissions", "one has no timeout-minutes");

    private static IEnumerable<string> Faults(string workflow)
    {
        if (!workflow.Contains("\npermissions: {}\n", StringComparison.Ordinal) && !workflow.StartsWith("permissions: {}\n", StringComparison.Ordinal))
        {
            yield return "the workflow does not begin with permissions: {}";
        }

        foreach (Match job in Job().Matches(workflow[workflow.IndexOf("jobs:\n", StringComparison.Ordinal)..]))
        {
            foreach (var needed in Needed.Where(needed => !job.Value.Contains($"\n    {needed}:", StringComparison.Ordinal)))
            {
                yield return $"{job.Groups["name"].Value} has no {needed}";
            }
        }

        foreach (Match use in Use().Matches(workflow))
        {
            var action = use.Groups["action"].Value;
            if (!Pin().IsMatch(action))
            {
                yield return $"{action} is not pinned to a commit";
            }
            else if (!Version().IsMatch(use.Groups["comment"].Value))
            {
                yield return $"{action} does not say its version";
            }
        }

        // What somebody can name, as a branch, would be run as a command: it goes through env.
        foreach (Match command in Command().Matches(workflow))
        {
            foreach (Match expression in Expression().Matches(command.Value))
            {
                yield return $"an expression in a command: {expression.Value}";
            }
        }
    }

    [GeneratedRegex(@"^  (?<name>[a-z]+):\n(?:(?:    [^\n]*)?\n)+", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Job();

    [GeneratedRegex(@"^      (?<scope>[a-z-]+): write$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Writing();

    [GeneratedRegex(@"uses: (?<action>\S+)(?<comment>[^\n]*)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Use();

    [GeneratedRegex("@[0-9a-f]{40}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pin();

    [GeneratedRegex(@"# v\d+\.\d+\.\d+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Version();

    [GeneratedRegex(@"run: (?:\|\n(?: {10}[^\n]*\n)+|[^\n]*)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Command();

    [GeneratedRegex(@"\$\{\{[^}]*\}\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Expression();
}
