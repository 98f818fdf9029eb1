using Microsoft.Extensions.DependencyInjection;
using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Snippets.Tests;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Snippets;

/// <summary>What the page says of code that is injected Octokit's client and runs nothing in RunAsync.</summary>
public sealed class UnwrappedTests
{
    [Fact]
    public async Task A_limit_is_Octokits_exception_first_and_ours_while_it_is_held_here()
    {
        await using var gitHub = await PageSetup.StartAsync();
        gitHub.WhenAnything().Answer(Answers.PrimaryRateLimit(TimeSpan.FromMinutes(5)));
        await using var services = gitHub.ProvideOctokit();
        var octokit = services.GetRequiredService<IGitHubClient>();

        await octokit.Invoking(one => one.Repository.Get("acme", "api")).Should().ThrowAsync<RateLimitExceededException>();
        await octokit.Invoking(one => one.Repository.Get("acme", "api")).Should().ThrowAsync<ScmRateLimitException>();

        gitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_broken_connection_is_ours()
    {
        await using var gitHub = await PageSetup.StartAsync();
        gitHub.WhenAnything().Answer(Answers.Reset());
        await using var services = gitHub.ProvideOctokit();

        await services.GetRequiredService<IGitHubClient>().Invoking(one => one.Repository.Get("acme", "api")).Should().ThrowAsync<ScmTransportException>();
    }

    [Fact]
    public async Task An_empty_body_is_ours_where_null_was()
    {
        await using var gitHub = await PageSetup.StartAsync();
        gitHub.WhenAnything().Answer(Answers.EmptyBody200());
        await using var services = gitHub.ProvideOctokit();

        await services.GetRequiredService<IGitHubClient>().Invoking(one => one.Repository.Get("acme", "api")).Should().ThrowAsync<ScmUnreadableResponseException>();
    }

    [Fact]
    public async Task Credentials_and_a_cache_cannot_be_set()
    {
        await using var gitHub = await PageSetup.StartAsync();
        await using var services = gitHub.ProvideOctokit();
        var connection = services.GetRequiredService<IGitHubClient>().Connection;

        connection.Invoking(one => one.Credentials = new Credentials("another")).Should().Throw<NotSupportedException>();
        connection.Invoking(one => one.ResponseCache = null!).Should().Throw<NotSupportedException>();
    }

    [Theory]
    [InlineData("acme/api")]
    [InlineData("..")]
    [InlineData("acme?per_page=1")]
    public async Task A_name_that_would_change_the_address_is_refused(string owner)
    {
        await using var gitHub = await PageSetup.StartAsync();
        await using var services = gitHub.ProvideOctokit();

        await services.GetRequiredService<IGitHubClient>().Invoking(one => one.Repository.Get(owner, "api")).Should().ThrowAsync<ArgumentException>();

        gitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_escaped_by_the_caller_is_sent_as_it_is()
    {
        await using var gitHub = await PageSetup.StartAsync();
        gitHub.WhenAnything().Answer(Answers.Json(200, """{"name":"size/L","total_count":0,"items":[]}"""));
        await using var services = gitHub.ProvideOctokit();
        var octokit = services.GetRequiredService<IGitHubClient>();

        await octokit.Invoking(one => one.Issue.Labels.Get("acme", "api", "size/L")).Should().ThrowAsync<ArgumentException>();
        await octokit.Invoking(one => one.Search.SearchIssues(new SearchIssuesRequest("here & there"))).Should().ThrowAsync<ArgumentException>();
        await octokit.Issue.Labels.Get("acme", "api", "size%2FL");
        await octokit.Search.SearchIssues(new SearchIssuesRequest("here%20%26%20there"));

        gitHub.Requests.Select(request => request.Target).Should().HaveCount(2).And.SatisfyRespectively(
            label => label.Should().EndWith("/labels/size%2FL"),
            search => search.Should().Contain("q=here%20%26%20there"));
    }

    [Fact]
    public async Task A_registration_of_ones_own_stands()
    {
        await using var gitHub = await PageSetup.StartAsync();
        var own = new GitHubClient(new Connection(new ProductHeaderValue("service"), gitHub.Address));
        await using var services = gitHub.Provide(services =>
        {
            services.AddSingleton<IGitHubClient>(own);
            services.AddScmIntegrations().AddGitHub(options => options.UseToken(PageSetup.Token)).AddOctokit();
        });

        services.GetRequiredService<IGitHubClient>().Should().BeSameAs(own);
    }

    [Fact]
    public async Task An_archive_that_is_kept_elsewhere_is_refused()
    {
        await using var gitHub = await PageSetup.StartAsync();
        await using var codeload = await FakeGitHub.StartAsync(cancellationToken: PageSetup.Cancellation);
        gitHub.When(HttpMethod.Get, "/repos/acme/api/tarball/main").Answer(Answers.Redirect($"{codeload.Address}acme/api/legacy.tar.gz", status: 302));
        await using var services = gitHub.ProvideOctokit();

        await services.GetRequiredService<IGitHubClient>().Invoking(one => one.Repository.Content.GetArchive("acme", "api", ArchiveFormat.Tarball, "main"))
            .Should().ThrowAsync<ScmOriginBlockedException>();

        codeload.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task An_upload_that_goes_elsewhere_is_refused()
    {
        await using var gitHub = await PageSetup.StartAsync();
        await using var uploads = await FakeGitHub.StartAsync(cancellationToken: PageSetup.Cancellation);
        await using var services = gitHub.ProvideOctokit();
        var release = new Release($"{uploads.Address}repos/acme/api/releases/1/assets{{?name,label}}");
        using var content = new MemoryStream([1]);

        await services.GetRequiredService<IGitHubClient>().Invoking(one => one.Repository.Release.UploadAsset(release, new ReleaseAssetUpload("a.zip", "application/zip", content, null), PageSetup.Cancellation))
            .Should().ThrowAsync<ScmOriginBlockedException>();

        uploads.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task The_token_endpoint_of_github_com_is_refused()
    {
        await using var gitHub = FakeGitHub.InMemory();
        var services = new ServiceCollection();
        services.AddScmIntegrations().AddGitHub(options => options.UseToken(PageSetup.Token)).AddOctokit()
            .HttpClient.ConfigurePrimaryHttpMessageHandler(() => gitHub.CreateHandler());
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IGitHubClient>().Invoking(one => one.Oauth.CreateAccessToken(new OauthTokenRequest("id", "secret", "code")))
            .Should().ThrowAsync<ScmOriginBlockedException>();
    }
}
