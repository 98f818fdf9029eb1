using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.Tests.GitHub;

/// <summary>Names, routes and addresses at their edges: what is taken, what is refused, and what the refusal says.</summary>
public sealed class AddressBuildingTests
{
    [Theory]
    [InlineData("acmeapi", "'acmeapi' is not OWNER/NAME.*")]
    [InlineData("acme/api/x", "'acme/api/x' is not OWNER/NAME.*")]
    [InlineData("/api", "'' cannot be an owner or a repository name: 1 to 100 *")]
    [InlineData("acme/", "'' cannot be an owner or a repository name: 1 to 100 *")]
    public void A_full_name_that_is_none_is_refused_with_what_is_wrong(string fullName, string message) =>
        FluentActions.Invoking(() => new RepositoryRef(fullName)).Should().Throw<ArgumentException>().WithMessage(message).WithParameterName(nameof(fullName));

    [Fact]
    public void A_name_that_is_missing_is_named()
    {
        FluentActions.Invoking(() => new RepositoryRef(null!)).Should().Throw<ArgumentNullException>().WithParameterName("fullName");
        FluentActions.Invoking(() => new RepositoryRef(null!, "api")).Should().Throw<ArgumentNullException>().WithParameterName("owner");
        FluentActions.Invoking(() => new RepositoryRef("acme", null!)).Should().Throw<ArgumentNullException>().WithParameterName("name");
        RepositoryRef.TryParse(null, out var repository).Should().BeFalse();
        repository.Should().BeNull();
    }

    [Fact]
    public void A_reference_is_equal_to_the_same_name_in_any_case_and_to_nothing_else()
    {
        var api = new RepositoryRef("acme/api");

        api.Equals(new RepositoryRef("Acme", "API")).Should().BeTrue();
        api.Equals(new RepositoryRef("acme/web")).Should().BeFalse();
        api.Equals((RepositoryRef?)null).Should().BeFalse();
    }

    [Fact]
    public void A_ref_name_has_at_most_1024_characters()
    {
        var longest = new string('a', 1024);

        GitRefName.Check(longest, "gitRef").Should().Be(longest);
        FluentActions.Invoking(() => GitRefName.Check(longest + "a", "gitRef")).Should().Throw<ArgumentException>()
            .WithMessage("The ref name has 1025 characters; the limit is 1024.*").WithParameterName("gitRef");
    }

    [Fact]
    public void A_ref_name_that_is_refused_is_quoted()
    {
        FluentActions.Invoking(() => GitRefName.Check("a b", "gitRef")).Should().Throw<ArgumentException>()
            .WithMessage("'a b' is not a valid ref name (see git check-ref-format).*").WithParameterName("gitRef");
        FluentActions.Invoking(() => GitRefName.Check(null!, "gitRef")).Should().Throw<ArgumentNullException>().WithParameterName("gitRef");
    }

    [Theory]
    [InlineData(' ')]
    [InlineData('~')]
    [InlineData('^')]
    [InlineData(':')]
    [InlineData('?')]
    [InlineData('*')]
    [InlineData('[')]
    [InlineData('\\')]
    [InlineData('\u007f')]
    [InlineData('\u001f')]
    public void A_character_that_git_forbids_is_refused(char character) => GitRefName.IsValid($"a{character}b").Should().BeFalse();

    [Fact]
    public void A_route_that_does_not_fit_says_why()
    {
        FluentActions.Invoking(() => GitHubRequest.Get("repos")).Should().Throw<ArgumentException>().WithMessage("'repos' is not a route: *").WithParameterName("route");
        FluentActions.Invoking(() => GitHubRequest.Get("/{a}/{b}", "x")).Should().Throw<ArgumentException>().WithMessage("'/{a}/{b}' has more placeholders than the 1 values given.*");
        FluentActions.Invoking(() => GitHubRequest.Get("/{a}", "x", "y")).Should().Throw<ArgumentException>().WithMessage("'/{a}' has 1 placeholders, and 2 values were given.*");
        FluentActions.Invoking(() => GitHubRequest.Get("/{a}", "..")).Should().Throw<ArgumentException>().WithMessage("'..' cannot stand for {a}: *");
    }

    [Fact]
    public void A_placeholder_may_follow_the_one_before() => GitHubRequest.Get("/{a}{b}", "x", "y").PathAndQuery.Should().Be("/xy");

    [Fact]
    public void A_request_needs_a_method_and_a_parameter_needs_name_and_value()
    {
        var request = GitHubRequest.Get("/things");

        FluentActions.Invoking(() => GitHubRequest.Create(null!, "/things")).Should().Throw<ArgumentNullException>().WithParameterName("method");
        FluentActions.Invoking(() => request.WithQuery("", "x")).Should().Throw<ArgumentException>().WithParameterName("name");
        FluentActions.Invoking(() => request.WithQuery("a", null!)).Should().Throw<ArgumentNullException>().WithParameterName("value");
    }

    [Theory]
    [InlineData("/rate_limit", "rate_limit")]
    [InlineData("/api/graphql", "graphql")]
    [InlineData("/search/code", "code_search")]
    public void The_path_says_the_limit_whatever_the_host(string path, string resource) => GitHubRequest.Get(path).RateLimitResource.Should().Be(resource);

    [Fact]
    public void A_limit_that_the_caller_names_goes_before_the_guess() =>
        (GitHubRequest.Get("/things") with { RateLimitResource = "own" }).RateLimitResource.Should().Be("own");

    [Fact]
    public void What_a_request_refuses_it_says()
    {
        var request = GitHubRequest.Get("/things");

        FluentActions.Invoking(() => request with { Operation = ScmIntegrations.Resilience.OperationClass.None }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("An operation has exactly one class.*");
        FluentActions.Invoking(() => request with { Accept = " " }).Should().Throw<ArgumentException>().WithMessage("A media type is visible ASCII characters*");
    }

    [Theory]
    [InlineData(false, "If-None-Match")]
    [InlineData(true, "if-modified-since")]
    public void A_request_with_a_condition_among_its_headers_is_conditional(bool conditionFirst, string condition)
    {
        KeyValuePair<string, IEnumerable<string>> one = new(condition, ["x"]), other = new("X-Other", ["y"]);

        (GitHubRequest.Get("/things") with { ForeignHeaders = conditionFirst ? [one, other] : [other, one] }).IsConditional.Should().BeTrue();
        (GitHubRequest.Get("/things") with { ForeignHeaders = [other] }).IsConditional.Should().BeFalse();
        GitHubRequest.Get("/things").IsConditional.Should().BeFalse();
    }

    [Theory]
    [InlineData("https://git.acme.example/api/v3/user?a=b", "/user?a=b")]
    [InlineData("https://git.acme.example/api/graphql", "/api/graphql")]
    public void A_path_is_read_below_the_prefix_where_it_has_one(string address, string path) =>
        new GitHubHost(new Uri("https://git.acme.example/api/v3")).PathBelowApi(new Uri(address)).Should().Be(path);

    [Fact]
    public void The_web_is_at_the_root_whatever_the_path_of_the_API() =>
        new GitHubHost(new Uri("https://api.acme.example/api/v3")).WebAddress.Should().Be(new Uri("https://api.acme.example/"), "an Enterprise Server may be called so");

    [Theory]
    [InlineData("https://docs.github.com/rest/git/trees", true)]
    [InlineData("https://developer.github.com/v3", true)]
    [InlineData("https://git.acme.example/docs", true)]
    [InlineData("http://docs.github.com/rest", false)]
    [InlineData("https://user@docs.github.com/rest", false)]
    [InlineData("https://docs.github.com:8443/rest", false)]
    [InlineData("https://docs.github.com.evil.example/rest", false)]
    [InlineData("https://evilgithub.com/rest", false)]
    [InlineData("https://evil.example/", false)]
    public void Documentation_is_GitHubs_own_or_this_servers(string page, bool isDocumentation) =>
        new GitHubHost(new Uri("https://git.acme.example/api/v3")).IsDocumentation(new Uri(page)).Should().Be(isDocumentation);
}
