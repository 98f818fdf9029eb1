using Microsoft.Extensions.DependencyInjection;
using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Snippets;

/// <summary>The page's table of what each catch becomes: Octokit's exception by itself, and in RunAsync ours, with Octokit's as its cause.</summary>
public sealed class CatchTableTests
{
    public static TheoryData<string, Answer, Type, Type> Rows => new()
    {
        { "401", Answers.BadCredentials(), typeof(AuthorizationException), typeof(ScmUnauthorizedException) },
        { "401 with X-GitHub-OTP", Answers.BadCredentials().WithHeader("X-GitHub-OTP", "required; app"), typeof(TwoFactorRequiredException), typeof(ScmUnauthorizedException) },
        { "403, primary limit", Answers.PrimaryRateLimit(TimeSpan.FromMinutes(5)), typeof(RateLimitExceededException), typeof(ScmRateLimitException) },
        { "403, secondary limit", Answers.SecondaryRateLimit(TimeSpan.FromMinutes(5)), typeof(SecondaryRateLimitExceededException), typeof(ScmRateLimitException) },
        { "403, abuse", Answers.GitHubError(403, "You have triggered an abuse detection mechanism."), typeof(AbuseException), typeof(ScmRateLimitException) },
        { "429", Answers.SecondaryRateLimit(TimeSpan.FromMinutes(5), 429), typeof(ApiException), typeof(ScmRateLimitException) },
        { "403, too many logins", Answers.GitHubError(403, "Maximum number of login attempts exceeded. Please try again later."), typeof(LoginAttemptsExceededException), typeof(ScmForbiddenException) },
        { "403, permission", Answers.PermissionDenied("issues=write"), typeof(ForbiddenException), typeof(ScmPermissionException) },
        { "403, single sign-on", Answers.SamlRequired("https://github.com/orgs/acme/sso"), typeof(ForbiddenException), typeof(ScmPermissionException) },
        { "403, suspended", Answers.InstallationSuspended(), typeof(ForbiddenException), typeof(ScmInstallationException) },
        { "403, addresses", Answers.IpAllowList("acme"), typeof(ForbiddenException), typeof(ScmForbiddenException) },
        { "404", Answers.NotFound(), typeof(NotFoundException), typeof(ScmNotFoundException) },
        { "404, empty repository", Answers.GitHubError(404, "This repository is empty."), typeof(NotFoundException), typeof(ScmEmptyRepositoryException) },
        { "409, empty repository", Answers.EmptyRepository(), typeof(ApiException), typeof(ScmEmptyRepositoryException) },
        { "409", Answers.Conflict("Conflict"), typeof(ApiException), typeof(ScmConflictException) },
        { "410", Answers.GitHubError(410, "Issues are disabled for this repo"), typeof(ApiException), typeof(ScmGoneException) },
        { "422", Answers.GitHubError(422, "Validation Failed"), typeof(ApiValidationException), typeof(ScmValidationException) },
        { "451", Answers.LegalBlock(), typeof(LegalRestrictionException), typeof(ScmBlockedException) },
        { "502", Answers.ServerError(), typeof(ApiException), typeof(ScmServerException) },
    };

    public static TheoryData<string, Answer, Type> RowsWithoutOctokits => new()
    {
        { "200 with a page", Answers.Html200(), typeof(ScmUnreadableResponseException) },
        { "200 with nothing", Answers.EmptyBody200(), typeof(ScmUnreadableResponseException) },
        { "200 with a list", Answers.Json(200, "[]"), typeof(ScmUnreadableResponseException) },
        { "200 with a word that Octokit does not have", Answers.Json(200, """{"owner":{"type":"enterprise"}}"""), typeof(ScmUnreadableResponseException) },
        { "202", Answers.Json(202, "{}"), typeof(ScmNotReadyException) },
        { "a connection that breaks", Answers.Reset(), typeof(ScmTransportException) },
        { "a redirect to another host", Answers.Redirect("http://127.0.0.1:1/"), typeof(ScmOriginBlockedException) },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task An_exception_of_Octokits_is_the_cause_of_ours(string row, Answer answer, Type octokits, Type ours)
    {
        await using var gitHub = await PageSetup.StartAsync();
        gitHub.WhenAnything().Answer(answer);
        await using var services = gitHub.ProvideOctokit();

        var thrown = await ThrownAsync(services, octokit => octokit.Repository.Get("acme", "api"));

        thrown.Should().BeOfType(ours, row);
        thrown.InnerException.Should().BeOfType(octokits, row);
    }

    [Theory]
    [MemberData(nameof(RowsWithoutOctokits))]
    public async Task What_Octokit_takes_for_something_else_is_ours(string row, Answer answer, Type ours)
    {
        await using var gitHub = await PageSetup.StartAsync();
        gitHub.WhenAnything().Answer(answer);

        // The waits for what is not ready pass at once; an attempt's time-out, which is longer, does not.
        var time = new ManualTimeProvider { AutoAdvance = true, AutoAdvanceUpTo = TimeSpan.FromSeconds(25) };
        await using var services = gitHub.ProvideOctokit(more => more.AddSingleton<TimeProvider>(time));

        (await ThrownAsync(services, octokit => octokit.Repository.Get("acme", "api"))).Should().BeOfType(ours, row);
    }

    [Fact]
    public async Task A_merge_that_is_refused_keeps_Octokits_own_exception_as_its_cause()
    {
        await using var gitHub = await PageSetup.StartAsync();
        gitHub.WhenAnything().AnswerInOrder(Answers.GitHubError(405, "Pull Request is not mergeable"), Answers.Conflict());
        await using var services = gitHub.ProvideOctokit();

        var refused = await ThrownAsync(services, octokit => octokit.PullRequest.Merge("acme", "api", 1, new MergePullRequest()));
        var moved = await ThrownAsync(services, octokit => octokit.PullRequest.Merge("acme", "api", 1, new MergePullRequest()));

        refused.Should().BeOfType<ScmNotAllowedException>().Which.InnerException.Should().BeOfType<PullRequestNotMergeableException>();
        moved.Should().BeOfType<ScmConflictException>().Which.InnerException.Should().BeOfType<PullRequestMismatchException>();
    }

    [Fact]
    public async Task A_name_that_is_taken_keeps_Octokits_own_exception_as_its_cause()
    {
        await using var gitHub = await PageSetup.StartAsync();
        gitHub.WhenAnything().Answer(Answers.Json(422, """{"message":"Repository creation failed.","errors":[{"resource":"Repository","code":"custom","field":"name","message":"name already exists on this account"}]}"""));
        await using var services = gitHub.ProvideOctokit();

        var taken = await ThrownAsync(services, octokit => octokit.Repository.Create(new NewRepository("api")));

        taken.Should().BeOfType<ScmAlreadyExistsException>().Which.InnerException.Should().BeOfType<RepositoryExistsException>();
    }

    [Fact]
    public async Task A_write_whose_answer_is_lost_may_have_been_carried_out()
    {
        await using var gitHub = await PageSetup.StartAsync();
        gitHub.WhenAnything().Answer(Answers.Reset());
        await using var services = gitHub.ProvideOctokit();

        (await ThrownAsync(services, octokit => octokit.Issue.Create("acme", "api", new NewIssue("Too slow")))).Should().BeOfType<ScmAmbiguousWriteException>();
        gitHub.Requests.Should().ContainSingle();
    }

    private static async Task<Exception> ThrownAsync<T>(IServiceProvider services, Func<IGitHubClient, Task<T>> call) =>
        (await services.GetRequiredService<IOctokitIntegrationClient>().Invoking(client => client.RunAsync("call", call, PageSetup.Cancellation)).Should().ThrowAsync<Exception>()).Which;
}
