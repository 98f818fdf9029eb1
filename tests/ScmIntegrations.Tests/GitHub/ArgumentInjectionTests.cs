using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub;

/// <summary>A value names what its method says: it never changes path, query or host.</summary>
public sealed class ArgumentInjectionTests
{
    private const string Long = "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhhiiiiiiiiiijjjjjjjjjjk";

    public static TheoryData<string> Hostile { get; } = new()
    {
        "../x", "..", ".", "a/b", "/", "x?admin=1", "x#y", "%2e%2e", "..%2f", "a b", " ", "x\r\nX-Evil: 1", "x\0", "ünïcode", "acme\u202e", "x\\y", "x:y", "x@y", "", Long,
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_owner_or_name_is_refused(string value)
    {
        FluentActions.Invoking(() => new RepositoryRef(value, "api")).Should().Throw<ArgumentException>().WithParameterName("owner");
        FluentActions.Invoking(() => new RepositoryRef("acme", value)).Should().Throw<ArgumentException>().WithParameterName("name");
        FluentActions.Invoking(() => new RepositoryRef($"acme/{value}")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => RepositorySource.Organization(value)).Should().Throw<ArgumentException>();
        RepositoryRef.TryParse($"acme/{value}", out _).Should().BeFalse();
        RepositoryRef.TryParse($"{value}/api", out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("acme/api")]
    [InlineData("a/b")]
    [InlineData("acme-2/.github")]
    [InlineData("under_score/with.dots...and-hyphens")]
    public void A_name_that_GitHub_gives_is_taken(string fullName) => new RepositoryRef(fullName).FullName.Should().Be(fullName);

    [Theory]
    [InlineData("..")]
    [InlineData("a..b")]
    [InlineData("../x")]
    [InlineData("/main")]
    [InlineData("main/")]
    [InlineData("a//b")]
    [InlineData("x?recursive=0")]
    [InlineData("a b")]
    [InlineData("x\r\ny")]
    [InlineData("x\0")]
    [InlineData("x~1")]
    [InlineData("x^")]
    [InlineData("x:y")]
    [InlineData("@")]
    [InlineData("a@{1}")]
    [InlineData("x.lock")]
    [InlineData(".hidden")]
    [InlineData("x.")]
    [InlineData("x\\y")]
    [InlineData("")]
    public async Task A_hostile_ref_is_refused_before_anything_is_sent(string gitRef)
    {
        await using var fixture = await ClientFixture.StartAsync();
        var cancellationToken = TestContext.Current.CancellationToken;

        await FluentActions.Awaiting(() => fixture.Client.GetTreeAsync(Requests.Api, gitRef, cancellationToken)).Should().ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(() => fixture.Client.GetCachedTreeAsync(Requests.Api, gitRef, cancellationToken)).Should().ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(() => fixture.Client.FindCachedTreeAsync(Requests.Api, gitRef, cancellationToken).AsTask()).Should().ThrowAsync<ArgumentException>();

        fixture.GitHub.Requests.Should().BeEmpty();
        fixture.CountedOutcomes.Should().BeEmpty();
    }

    [Theory]
    [InlineData("feature/a", "feature%2Fa")]
    [InlineData("x#y", "x%23y")]
    [InlineData("%2e%2e", "%252e%252e")]
    [InlineData("x&y=1", "x%26y%3D1")]
    [InlineData("ünï", "%C3%BCn%C3%AF")]
    public async Task A_valid_ref_stays_one_segment(string gitRef, string segment)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.NotFound());

        await Record.ExceptionAsync(() => fixture.Client.GetTreeAsync(Requests.Api, gitRef, TestContext.Current.CancellationToken));

        fixture.GitHub.Requests.Should().ContainSingle().Which.Path.Should().Be($"/repos/acme/api/git/trees/{segment}");
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("x\r\nX-Evil: 1")]
    [InlineData("x\0")]
    public void A_hostile_route_value_is_refused(string value) =>
        FluentActions.Invoking(() => GitHubRequest.Get("/a/{x}/b", value)).Should().Throw<ArgumentException>();

    [Theory]
    [InlineData("../x", "..%2Fx")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("x?admin=1", "x%3Fadmin%3D1")]
    [InlineData("x#y", "x%23y")]
    [InlineData("%2e%2e", "%252e%252e")]
    [InlineData("..%2fuser", "..%252fuser")]
    [InlineData("a b", "a%20b")]
    [InlineData("x\\..\\y", "x%5C..%5Cy")]
    [InlineData("http://evil.example", "http%3A%2F%2Fevil.example")]
    [InlineData("//evil.example", "%2F%2Fevil.example")]
    [InlineData("é", "%C3%A9")]
    [InlineData("...", "...")]
    public async Task A_route_value_stays_one_segment(string value, string segment)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Text(204));

        await fixture.Client.SendAsync(GitHubRequest.Get("/{x}/b", value), TestContext.Current.CancellationToken);
        await fixture.Client.SendAsync(GitHubRequest.Get("/a/{x}", value), TestContext.Current.CancellationToken);

        fixture.GitHub.Requests.Select(request => request.Target).Should().Equal($"/{segment}/b", $"/a/{segment}");
    }

    [Theory]
    [InlineData("repos")]
    [InlineData("//evil.example/repos")]
    [InlineData("/a/../b")]
    [InlineData("/a/%2e%2E/b")]
    [InlineData("/a/.%2e")]
    [InlineData("/a\\..\\b")]
    [InlineData("/a\r\nb")]
    [InlineData("")]
    public void A_route_that_is_no_plain_path_is_refused(string route) =>
        FluentActions.Invoking(() => GitHubRequest.Get(route)).Should().Throw<ArgumentException>();

    [Theory]
    [InlineData("/{a}", 0)]
    [InlineData("/{a}", 2)]
    [InlineData("/{a}/{b}", 1)]
    [InlineData("/x}{", 1)]
    public void The_number_of_values_fits_the_route(string route, int values) =>
        FluentActions.Invoking(() => GitHubRequest.Create(HttpMethod.Get, route, [.. Enumerable.Repeat("v", values)])).Should().Throw<ArgumentException>();

    [Fact]
    public async Task A_query_parameter_is_escaped()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Text(204));
        var request = GitHubRequest.Get("/search/code").WithQuery("q", "a&admin=1#x\r\ny").WithQuery("p&q", "é");

        await fixture.Client.SendAsync(request, TestContext.Current.CancellationToken);

        fixture.GitHub.Requests[0].Target.Should().Be("/search/code?q=a%26admin%3D1%23x%0D%0Ay&p%26q=%C3%A9");
        request.ToString().Should().Be("GET /search/code");
    }
}
