using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Listings;

/// <summary>Any list, page after page, with the guards of the listing of repositories.</summary>
public sealed class SendPagesTests
{
    private static readonly GitHubRequest Teams = GitHubRequest.Get("/orgs/{org}/teams", "acme") with { Name = "list_teams" };
    private static readonly JsonTypeInfo<List<JsonElement>> Bare = (JsonTypeInfo<List<JsonElement>>)JsonSerializerOptions.Default.GetTypeInfo(typeof(List<JsonElement>));
    private static readonly JsonTypeInfo<List<string>> Texts = (JsonTypeInfo<List<string>>)JsonSerializerOptions.Default.GetTypeInfo(typeof(List<string>));

    [Fact]
    public async Task Pages_of_a_bare_list_are_one_list_and_one_interaction()
    {
        await using var fixture = await TreeFixture.StartAsync();
        Answer(fixture, 1, "[1,2]", next: 2);
        Answer(fixture, 2, "[3]");

        (await ListAsync(fixture)).Should().Equal(1, 2, 3);
        fixture.GitHub.Requests.Select(request => request.Target).Should().Equal("/orgs/acme/teams?per_page=100", "/orgs/acme/teams?page=2");
        fixture.Outcomes("list_teams").Should().Equal("started", "success");
    }

    [Fact]
    public async Task Pages_that_wrap_their_entries_are_told_where_they_are()
    {
        await using var fixture = await TreeFixture.StartAsync();
        Answer(fixture, 1, """{"total_count":3,"items":[1,2]}""", next: 2);
        Answer(fixture, 2, """{"total_count":3,"items":[3]}""");

        var listed = new List<int>();
        await foreach (var item in Wrapped(fixture))
        {
            listed.Add(item);
        }

        listed.Should().Equal(1, 2, 3);
        fixture.Outcomes("list_teams").Should().Equal("started", "success");
    }

    [Fact]
    public async Task A_page_without_its_list_is_unreadable()
    {
        await using var fixture = await TreeFixture.StartAsync();
        Answer(fixture, 1, """{"message":"no list"}""");

        var call = () => ToListAsync(Wrapped(fixture));

        await call.Should().ThrowAsync<ScmUnreadableResponseException>();
        fixture.Outcomes("list_teams").Should().Equal("started", "failure");
    }

    [Fact]
    public async Task An_entry_that_is_null_is_unreadable()
    {
        await using var fixture = await TreeFixture.StartAsync();
        Answer(fixture, 1, """["a",null]""");

        var call = () => ToListAsync(fixture.Client.SendPagesAsync(Teams, Texts, TestContext.Current.CancellationToken));

        await call.Should().ThrowAsync<ScmUnreadableResponseException>();
    }

    [Theory]
    [InlineData("?per_page=7")]
    [InlineData("?state=all&per_page=7")]
    public async Task A_page_size_of_the_requests_own_stands(string query)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/orgs/acme/teams").Answer(Answers.Json(200, "[]"));

        await ToListAsync(fixture.Client.SendPagesAsync(GitHubRequest.Get("/orgs/acme/teams" + query), Bare, TestContext.Current.CancellationToken));

        fixture.GitHub.Requests.Single().Query.Should().Be(query);
    }

    [Fact]
    public async Task Nothing_at_all_is_an_empty_list()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/orgs/acme/teams").Answer(Answers.Text(204));

        (await ListAsync(fixture)).Should().BeEmpty();
    }

    [Fact]
    public async Task The_page_cap_ends_a_list_after_everything_that_was_read()
    {
        await using var fixture = await TreeFixture.StartAsync(options => options.MaxPages = 2);
        Answer(fixture, 1, "[1]", next: 2);
        Answer(fixture, 2, "[2]", next: 3);

        var (listed, error) = await ListUntilErrorAsync(fixture);

        listed.Should().Equal(1, 2);
        error.Should().BeOfType<ScmIncompleteListException>().Which.Message.Should().Contain("GET /orgs/acme/teams").And.Contain("2 pages");
        fixture.Outcomes("list_teams").Should().Equal("started", "failure");
    }

    [Fact]
    public async Task A_circle_ends_a_list()
    {
        await using var fixture = await TreeFixture.StartAsync();
        Answer(fixture, 1, "[1]", next: 2);
        Answer(fixture, 2, "[2]", next: 2);

        var (listed, error) = await ListUntilErrorAsync(fixture);

        listed.Should().Equal(1, 2);
        error.Should().BeOfType<ScmIncompleteListException>();
    }

    [Fact]
    public async Task A_link_to_another_host_is_not_followed()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/orgs/acme/teams").Answer(Answers.Json(200, "[1]").WithHeader("Link", "<https://elsewhere.example/x?page=2>; rel=\"next\""));

        var (listed, error) = await ListUntilErrorAsync(fixture);

        listed.Should().Equal(1);
        error.Should().BeOfType<ScmOriginBlockedException>();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_single_sign_on_leaves_out_is_told_at_the_end_unless_it_was_allowed(bool allowed)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/orgs/acme/teams").Answer(Answers.Json(200, "[1]").WithHeader("X-GitHub-SSO", "partial-results; organizations=7"));

        var (listed, error) = await ListUntilErrorAsync(fixture, Teams with { AllowPartialResults = allowed });

        listed.Should().Equal(1);
        (error is ScmIncompleteListException { Reason: ErrorReason.SamlPartialResults }).Should().Be(!allowed);
    }

    [Fact]
    public async Task A_page_that_fails_is_tried_again_and_comes_once()
    {
        await using var fixture = await TreeFixture.StartAsync();
        Answer(fixture, 1, "[1]", next: 2);
        fixture.GitHub.When(request => request.Query is "?page=2").Once().Answer(Answers.Json(200, "[2,3]").ResetAfter(3));
        Answer(fixture, 2, "[2,3]");

        (await ListAsync(fixture)).Should().Equal(1, 2, 3);
    }

    [Fact]
    public async Task Only_what_is_read_is_a_list()
    {
        await using var fixture = await TreeFixture.StartAsync();

        var call = () => fixture.Client.SendPagesAsync(Requests.To(HttpMethod.Post), Bare, TestContext.Current.CancellationToken);

        call.Should().Throw<ArgumentException>();
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    private static void Answer(TreeFixture fixture, int page, string body, int? next = null) => fixture.GitHub
        .When(request => request.Path is "/orgs/acme/teams" && (page == 1 ? !request.Query.StartsWith("?page", StringComparison.Ordinal) : request.Query.Equals($"?page={page}", StringComparison.Ordinal)))
        .Answer(Answers.Json(200, body).WithHeader("Link", next is null ? null : $"<{fixture.GitHub.Address}orgs/acme/teams?page={next}>; rel=\"next\""));

    private static IAsyncEnumerable<int> Wrapped(TreeFixture fixture) => fixture.Client.SendPagesAsync(
        Teams,
        Requests.AnyJson,
        page => page.TryGetProperty("items", out var items) ? [.. items.EnumerateArray().Select(item => item.GetInt32())] : (IReadOnlyList<int>?)null,
        TestContext.Current.CancellationToken);

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> list)
    {
        var all = new List<T>();
        await foreach (var one in list)
        {
            all.Add(one);
        }

        return all;
    }

    private static async Task<IEnumerable<int>> ListAsync(TreeFixture fixture) =>
        (await ToListAsync(fixture.Client.SendPagesAsync(Teams, Bare, TestContext.Current.CancellationToken))).Select(item => item.GetInt32());

    private static async Task<(List<int> Listed, Exception? Error)> ListUntilErrorAsync(TreeFixture fixture, GitHubRequest? request = null)
    {
        var listed = new List<int>();
        try
        {
            await foreach (var item in fixture.Client.SendPagesAsync(request ?? Teams, Bare, TestContext.Current.CancellationToken))
            {
                listed.Add(item.GetInt32());
            }

            return (listed, null);
        }
        catch (ScmException error)
        {
            return (listed, error);
        }
    }
}
