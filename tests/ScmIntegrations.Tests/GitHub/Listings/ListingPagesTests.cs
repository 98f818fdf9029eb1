using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Listings;

/// <summary>Repositories, page after page.</summary>
public sealed class ListingPagesTests
{
    [Fact]
    public async Task A_users_repositories_are_listed_a_hundred_a_page()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var served = fixture.AddRepositories(250);

        var listed = await fixture.ListAsync();

        listed.Should().Equal(served.Select(repository => repository.FullName));
        fixture.GitHub.Requests.Select(request => request.Target).Should().Equal(
            "/user/repos?per_page=100", "/user/repos?per_page=100&page=2", "/user/repos?per_page=100&page=3");
        fixture.Outcomes("list_repositories").Should().Equal("started", "success");
    }

    [Fact]
    public async Task An_organisations_repositories_follow_the_address_of_the_link()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(120);
        fixture.AddRepository("other/one");

        var listed = await fixture.ListAsync(RepositorySource.Organization("acme"));

        listed.Should().HaveCount(120).And.OnlyContain(name => name.StartsWith("acme/", StringComparison.Ordinal));
        fixture.GitHub.Requests.Should().HaveCount(2);
        fixture.GitHub.Requests[1].Path.Should().StartWith("/organizations/");
    }

    [Fact]
    public async Task An_installation_lists_what_it_was_given()
    {
        await using var fixture = await TreeFixture.StartAsync(static (options, github) =>
        {
            var app = github.AddApp(1, "Iv23liTheApp");
            github.AddInstallation(app, 7, "acme").SelectRepositories(["acme/r001", "acme/r003"]);
            options.UseInstallation(app.ClientId, app.PrivateKeyPem, 7);
        });
        fixture.AddRepositories(3);

        var listed = await fixture.ListAsync();

        listed.Should().Equal("acme/r001", "acme/r003");
        fixture.GitHub.Count(HttpMethod.Get, "/installation/repositories").Should().Be(1);
    }

    [Fact]
    public async Task An_installations_token_lists_its_installation_too()
    {
        await using var fixture = await TreeFixture.StartAsync(static (options, github) =>
            options.UseToken(github.MintToken(github.AddInstallation(github.AddApp(1, "Iv23liTheApp"), 7, "acme"))));
        fixture.AddRepositories(2);

        (await fixture.ListAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task Archived_repositories_are_listed_and_flagged()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/old").IsArchived = true;
        fixture.AddRepository("acme/live");

        var archived = new Dictionary<string, bool>(StringComparer.Ordinal);
        await foreach (var repository in fixture.Client.ListRepositoriesAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            archived[repository.FullName] = repository.IsArchived;
        }

        archived.Should().Equal(new Dictionary<string, bool>(StringComparer.Ordinal) { ["acme/old"] = true, ["acme/live"] = false });
    }

    [Fact]
    public async Task A_repository_that_stands_on_two_pages_is_listed_once()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.PageSize = 2);
        AnswerPage(fixture, 1, """[{"id":1,"full_name":"acme/a"},{"id":2,"full_name":"acme/b"}]""", next: 2);
        AnswerPage(fixture, 2, """[{"id":2,"full_name":"acme/b"},{"id":3,"full_name":"acme/c"}]""");

        (await fixture.ListAsync()).Should().Equal("acme/a", "acme/b", "acme/c");
    }

    [Fact]
    public async Task Nothing_at_all_is_an_empty_list()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.UserRepositories).Answer(Answers.Text(204));

        (await fixture.ListAsync()).Should().BeEmpty();
        fixture.Outcomes("list_repositories").Should().Equal("started", "success");
    }

    [Fact]
    public async Task A_repository_may_have_no_default_branch()
    {
        await using var fixture = await TreeFixture.StartAsync();
        AnswerPage(fixture, 1, """[{"id":1,"full_name":"acme/a","default_branch":null}]""");

        (await fixture.ListAsync()).Should().Equal("acme/a");
    }

    [Fact]
    public async Task A_page_that_fails_twice_is_read_all_the_same()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.PageSize = 10);
        fixture.AddRepositories(30);
        fixture.GitHub.When(request => request.Query.Contains("page=2", StringComparison.Ordinal)).Times(2).Answer(Answers.ServerError(500));

        (await fixture.ListAsync()).Should().HaveCount(30);
        fixture.GitHub.Requests.Should().HaveCount(5);
        fixture.Outcomes("list_repositories").Should().Equal("started", "success");
    }

    /// <summary>Scripts one page; the first is the one that a link has not led to.</summary>
    internal static void AnswerPage(TreeFixture fixture, int page, string body, int? next = null) => fixture.GitHub
        .When(request => request.Path is TreeFixture.UserRepositories
            && (page == 1 ? request.Query.StartsWith("?per_page=", StringComparison.Ordinal) : request.Query == $"?page={page}"))
        .Answer(Answers.Json(200, body).WithHeader("Link", next is null ? null : $"<{fixture.GitHub.Address}user/repos?page={next}>; rel=\"next\""));
}
