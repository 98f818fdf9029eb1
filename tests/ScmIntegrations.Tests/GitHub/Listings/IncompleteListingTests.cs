using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Listings;

/// <summary>A list that ended early gives what it has, and then says so.</summary>
public sealed class IncompleteListingTests
{
    [Fact]
    public async Task The_page_cap_ends_a_list_after_everything_that_was_read()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => (options.PageSize, options.MaxPages) = (2, 3));
        fixture.AddRepositories(10);

        var (listed, error) = await ListUntilErrorAsync(fixture);

        listed.Should().Be(6);
        error.Should().BeOfType<ScmIncompleteListException>().Which.Message.Should().Contain("3 pages");
        fixture.GitHub.Requests.Should().HaveCount(3);
        fixture.Outcomes("list_repositories").Should().Equal("started", "failure");
    }

    [Fact]
    public async Task The_last_page_that_the_cap_allows_completes_a_list()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => (options.PageSize, options.MaxPages) = (2, 3));
        fixture.AddRepositories(6);

        (await fixture.ListAsync()).Should().HaveCount(6);
    }

    [Fact]
    public async Task Pages_that_lead_in_a_circle_end_a_list()
    {
        await using var fixture = await TreeFixture.StartAsync();
        ListingPagesTests.AnswerPage(fixture, 1, """[{"id":1,"full_name":"acme/a"}]""", next: 2);
        ListingPagesTests.AnswerPage(fixture, 2, """[{"id":2,"full_name":"acme/b"}]""", next: 3);
        ListingPagesTests.AnswerPage(fixture, 3, """[{"id":3,"full_name":"acme/c"}]""", next: 2);

        var (listed, error) = await ListUntilErrorAsync(fixture);

        listed.Should().Be(3);
        error.Should().BeOfType<ScmIncompleteListException>();
        fixture.GitHub.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task Fewer_repositories_than_GitHub_counts_is_an_incomplete_list()
    {
        await using var fixture = await StartInstallationAsync();
        Answer(fixture, """{"total_count":3,"repositories":[{"id":1,"full_name":"acme/a"},{"id":2,"full_name":"acme/b"}]}""");

        var (listed, error) = await ListUntilErrorAsync(fixture);

        listed.Should().Be(2);
        error.Should().BeOfType<ScmIncompleteListException>().Which.Reason.Should().Be(ErrorReason.IncompleteList);
    }

    [Fact]
    public async Task A_repository_counted_twice_hides_a_missing_one_from_nobody()
    {
        await using var fixture = await StartInstallationAsync();
        Answer(fixture, """{"total_count":2,"repositories":[{"id":1,"full_name":"acme/a"},{"id":1,"full_name":"acme/a"}]}""");

        var (listed, error) = await ListUntilErrorAsync(fixture);

        listed.Should().Be(1);
        error.Should().BeOfType<ScmIncompleteListException>();
    }

    [Fact]
    public async Task More_repositories_than_GitHub_counted_is_a_complete_list()
    {
        await using var fixture = await StartInstallationAsync();
        Answer(fixture, """{"total_count":1,"repositories":[{"id":1,"full_name":"acme/a"},{"id":2,"full_name":"acme/b"}]}""");

        (await fixture.ListAsync()).Should().HaveCount(2);
    }

    private static async Task<(int Listed, Exception? Error)> ListUntilErrorAsync(TreeFixture fixture)
    {
        var listed = 0;
        try
        {
            await foreach (var repository in fixture.Client.ListRepositoriesAsync(cancellationToken: TestContext.Current.CancellationToken))
            {
                listed++;
            }

            return (listed, null);
        }
        catch (ScmException error)
        {
            return (listed, error);
        }
    }

    private static Task<TreeFixture> StartInstallationAsync() => TreeFixture.StartAsync(static (options, github) =>
        options.UseToken(github.MintToken(github.AddInstallation(github.AddApp(1, "Iv23liTheApp"), 7, "acme"))));

    private static void Answer(TreeFixture fixture, string body) =>
        fixture.GitHub.When(HttpMethod.Get, "/installation/repositories").Answer(Answers.Json(200, body));
}
