using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>A large scan with trouble in it.</summary>
public sealed class ScanFaultsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2026)]
    public async Task Of_500_repositories_with_trouble_in_a_twentieth_each_is_accounted_for_once(int seed)
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.MaxConnectionErrors = 100);
        var served = fixture.AddRepositories(500);
        var expected = served.ToDictionary(repository => repository.FullName, _ => TreeStatus.Fetched, StringComparer.Ordinal);
        var random = new Random(seed);
        foreach (var repository in served.Where(_ => random.Next(20) == 0))
        {
            expected[repository.FullName] = Trouble(fixture, repository, random.Next(10));
        }

        var results = await fixture.ScanAsync();

        results.ToDictionary(result => result.Repository.FullName, result => result.Status, StringComparer.Ordinal).Should().Equal(expected);
        results.Where(result => result.Status is TreeStatus.Unavailable).Should().OnlyContain(result => result.Error != null && result.Tree == null);
        foreach (var result in results.Where(result => result.Status is TreeStatus.Fetched))
        {
            TreeFixture.AsServed(result.Tree!).Should().Equal(fixture.GitHub.Repository(result.Repository.FullName).Tree!.Entries);
        }

        var outcomes = fixture.Outcomes("get_tree").CountBy(outcome => outcome).ToDictionary(StringComparer.Ordinal);
        outcomes["started"].Should().Be(outcomes.Where(pair => pair.Key is not "started").Sum(pair => pair.Value), "each ends once");

        fixture.GitHub.Faults.Clear();
        var requests = fixture.TreeRequests;
        var second = await fixture.ScanAsync();
        var notThere = results.Count(result => result.Error is ScmNotFoundException);
        second.Should().HaveCount(500);
        second.Where(result => result.Error is not null).Should().HaveCount(notThere).And.OnlyContain(result => result.Status == TreeStatus.Skipped && result.Error is ScmNotFoundException);
        fixture.TreeRequests.Should().Be(
            requests + expected.Values.Count(status => status is TreeStatus.Unavailable) - notThere, "only what failed is asked again, and what is not there an hour later");
    }

    [Fact]
    public async Task Of_500_repositories_under_random_faults_each_is_accounted_for_once()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(500);
        var random = new Random(42);
        var answers = new[] { Answers.ServerError(502), Answers.Reset(), Answers.Html200(), Answers.Real().CutAfter(40), Answers.Real().ResetAfter(40), Answers.NotFound() };
        fixture.GitHub.When(request => request.Fits(HttpMethod.Get, TreeFixture.Trees) && Draw(random)).AnswerInTurn(answers);

        var results = await fixture.ScanAsync(new() { Concurrency = 16 });

        results.Select(result => result.Repository.FullName).Should().BeEquivalentTo(Enumerable.Range(1, 500).Select(number => $"acme/r{number:D3}"));
        results.Should().OnlyContain(result => result.Status == TreeStatus.Fetched || (result.Status == TreeStatus.Unavailable && result.Error != null));
        results.Count(result => result.Status is TreeStatus.Fetched).Should().BeGreaterThan(450);
    }

    private static bool Draw(Random random)
    {
        lock (random)
        {
            return random.Next(20) == 0;
        }
    }

    /// <summary>Makes trouble for one repository, and says what a scan should come to.</summary>
    private static TreeStatus Trouble(TreeFixture fixture, FakeRepository repository, int kind)
    {
        var rule = fixture.GitHub.When(HttpMethod.Get, $"/repos/{repository.FullName}/git/trees/{{sha}}");
        switch (kind)
        {
            case 0:
                rule.Once().Answer(Answers.ServerError(500));
                return TreeStatus.Fetched;
            case 1:
                rule.Once().Answer(Answers.Reset());
                return TreeStatus.Fetched;
            case 2:
                rule.Once().Answer(Answers.Real().ResetAfter(50));
                return TreeStatus.Fetched;
            case 3:
                rule.Once().Answer(Answers.Real().CutAfter(50));
                return TreeStatus.Fetched;
            case 4:
                rule.Times(3).Answer(Answers.ServerError(503));
                return TreeStatus.Fetched;
            case 5:
                rule.Answer(Answers.NotFound());
                return TreeStatus.Unavailable;
            case 6:
                rule.Answer(Answers.Conflict());
                return TreeStatus.Unavailable;
            case 7:
                rule.Answer(Answers.DeepJson(1000));
                return TreeStatus.Unavailable;
            case 8:
                rule.Answer(Answers.Json(200, """{"sha":"c0ffee","tree":[null]}"""));
                return TreeStatus.Unavailable;
            default:
                rule.Answer(Answers.EmptyRepository());
                return TreeStatus.Empty;
        }
    }
}
