namespace ScmIntegrations.Quickstart.Tests;

/// <summary>403 is many different things, and each has words of its own.</summary>
public sealed class ExplainForbiddenTests
{
    public static TheoryData<int, string> Kinds
    {
        get
        {
            var kinds = new TheoryData<int, string>();
            foreach (var (index, answer) in ForbiddenAnswers.All.Index())
            {
                kinds.Add(index, answer.Reason);
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Person_is_told_the_reason_who_acts_what_they_do_and_where(int index, string reason)
    {
        var answer = ForbiddenAnswers.All[index];

        var run = await answer.ExplainAsync();

        (run.ExitCode, run.Errors).Should().Be((0, ""));
        run.Output.Should().StartWith("What happened  403 for GET /repos/acme/api: ");
        run.Output.Should().Contain($"\nReason         {reason}, said by github\nWho acts       {answer.Owner}\nWhat to do     ");
        Lines(run, "What to do").Single().Should().Contain(answer.AdviceWord);
        Lines(run, "Where").Should().Equal(answer.FixUrl is { } page ? [page] : []);
        Lines(run, "Rule").Single().Should().EndWith("of the retry table");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Program_is_told_the_same(int index, string reason)
    {
        var answer = ForbiddenAnswers.All[index];

        var line = (await answer.ExplainAsync("--json")).Lines.Single();

        (line.Text("type"), line.Text("reason"), line.Text("origin"), line.Text("owner"), line.Number("status")).Should().Be(("explanation", reason, "github", answer.Owner, 403));
        line.Text("advice").Should().Contain(answer.AdviceWord);
        line.Text("fixUrl").Should().Be(answer.FixUrl);
    }

    [Fact]
    public async Task No_two_of_them_share_a_reason_or_an_advice()
    {
        var lines = await Task.WhenAll(ForbiddenAnswers.All.Select(async answer => (await answer.ExplainAsync("--json")).Lines.Single()));

        lines.Should().HaveCountGreaterThanOrEqualTo(10);
        lines.Select(line => line.Text("reason")).Should().OnlyHaveUniqueItems();
        lines.Select(line => line.Text("advice")).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Call_that_met_it_carries_the_same_reason_and_advice(int index, string reason)
    {
        var answer = ForbiddenAnswers.All[index];
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md");
        acme.Server.When(HttpMethod.Get, Organization.TreeOf).Answer(answer.ToAnswer());

        var run = await acme.RunAsync("tree", "acme/api");

        run.ExitCode.Should().Be(1);
        var error = run.Lines.Single().GetProperty("error");
        error.Text("reason").Should().Be(reason);
        error.Text("advice").Should().Contain(answer.AdviceWord);
        error.Text("fixUrl").Should().Be(answer.FixUrl);

        // The token from the command line is the operator's own, so a refusal of it is theirs to act on.
        var explained = (await answer.ExplainAsync("--json", "--credential-owner", "operator")).Lines.Single();
        error.Text("owner").Should().Be(explained.Text("owner"));
    }

    private static IEnumerable<string> Lines(AppRun run, string label) =>
        run.Output.Split('\n').Where(line => line.StartsWith(label + " ", StringComparison.Ordinal)).Select(line => line[15..]);
}
