namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>
/// Every project is in the solution, so that nothing escapes its build by accident. On purpose it leaves out what is around Octokit:
/// <c>.ci/octokit</c> builds and tests that, and whoever works on the library restores no second GitHub client.
/// </summary>
public sealed class SolutionTests
{
    private static readonly SolutionText Solution = new(Checkout.Read("ScmIntegrations.sln"));
    private static readonly string[] Folders = ["src", "tests", "samples", "benchmarks"];

    private static readonly string[] AroundOctokit =
    [
        "src/ScmIntegrations.Octokit/ScmIntegrations.Octokit.csproj",
        "tests/ScmIntegrations.Octokit.Tests/ScmIntegrations.Octokit.Tests.csproj",
        "samples/OctokitInterop/OctokitInterop.csproj",
        "benchmarks/ScmIntegrations.Octokit.Benchmarks/ScmIntegrations.Octokit.Benchmarks.csproj",
    ];

    [Fact]
    public void Every_project_is_in_the_solution() => Solution.Projects.Should().BeEquivalentTo(Folders.SelectMany(Checkout.ProjectsIn));

    [Fact]
    public void Its_builds_leave_out_what_is_around_Octokit_and_nothing_else()
    {
        Solution.Left.Should().BeEquivalentTo(AroundOctokit);
        Solution.Built.Should().BeEquivalentTo(Solution.Projects.Except(AroundOctokit, StringComparer.Ordinal));
    }

    [Fact]
    public void What_it_builds_stands_on_nothing_that_it_leaves_out() =>
        Solution.Built.Where(project => Checkout.Read(project).Split('\n').Any(RefersToOctokit)).Should().BeEmpty();

    [Fact]
    public void What_is_left_out_is_checked_by_the_script_for_it()
    {
        var script = Checkout.Read(".ci/octokit");

        AroundOctokit.Where(project => !script.Contains($"\n  {project[..project.LastIndexOf('/')]}\n", StringComparison.Ordinal)).Should().BeEmpty("each is built and its format checked");
        script.Should().Contain("dotnet test tests/ScmIntegrations.Octokit.Tests\n");
    }

    [Theory]
    [InlineData("octokit", ".ci/octokit")]
    [InlineData("release", ".ci/octokit")]
    [InlineData("release", ".ci/run")]
    [InlineData("ci", ".ci/run")]
    public void A_workflow_runs_the_scripts(string workflow, string script) =>
        Checkout.Read($".github/workflows/{workflow}.yml").Should().Contain($"\n      - run: {script}\n");

    [Fact]
    public void A_build_is_found_by_its_line()
    {
        var solution = new SolutionText(
            """
            Project("{F}") = "src", "src", "{0}"
            EndProject
            Project("{F}") = "A", "src\A\A.csproj", "{1}"
            EndProject
            Project("{F}") = "B", "src\B\B.csproj", "{2}"
            EndProject
            Project("{F}") = "C", "src\C\C.csproj", "{3}"
            EndProject
            		{1}.Debug|Any CPU.ActiveCfg = Debug|Any CPU
            		{1}.Debug|Any CPU.Build.0 = Debug|Any CPU
            		{1}.Release|Any CPU.Build.0 = Release|Any CPU
            		{2}.Debug|Any CPU.ActiveCfg = Debug|Any CPU
            		{3}.Debug|Any CPU.ActiveCfg = Debug|Any CPU
            		{3}.Release|Any CPU.Build.0 = Release|Any CPU
            """.ReplaceLineEndings("\n"));

        solution.Projects.Should().Equal("src/A/A.csproj", "src/B/B.csproj", "src/C/C.csproj");
        solution.Built.Should().Equal("src/A/A.csproj");
        solution.Left.Should().Equal("src/B/B.csproj");
    }

    private static bool RefersToOctokit(string line) => line.Contains("Reference Include=", StringComparison.Ordinal) && line.Contains("Octokit", StringComparison.Ordinal);
}
