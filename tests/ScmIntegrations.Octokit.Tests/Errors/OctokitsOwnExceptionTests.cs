using System.Net;
using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Errors;

/// <summary>Exceptions that Octokit makes of others, with and without the answer within.</summary>
public sealed class OctokitsOwnExceptionTests
{
    [Fact]
    public async Task A_listing_of_something_missing_keeps_what_GitHub_said()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/gone/issues").Answer(Answers.NotFound());

        var error = (await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Issue.GetAllForRepository("acme", "gone"))).Should().ThrowAsync<ScmNotFoundException>()).Which;

        error.Status.Should().Be(HttpStatusCode.NotFound);
        error.RequestId.Should().NotBeNullOrEmpty("Octokit throws the answer away, and it is found again");
        error.InnerException.Should().BeOfType<NotFoundException>().Which.HttpResponse.Should().BeNull();
    }

    [Fact]
    public async Task A_listing_of_an_empty_repository_is_told_from_one_of_a_missing_one()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.GitHubError(404, "This repository is empty."));

        await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Repository.Content.GetAllContents("acme", "api"))).Should().ThrowAsync<ScmEmptyRepositoryException>();
    }

    [Fact]
    public async Task Two_listings_side_by_side_keep_their_own_404()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/gone/contents/").Answer(Answers.NotFound());
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/empty/contents/").Answer(Answers.GitHubError(404, "This repository is empty."));

        // Both have been answered before either exception is looked at.
        await fixture.Awaiting(one => one.RunAsync(async octokit =>
        {
            var gone = octokit.Repository.Content.GetAllContents("acme", "gone");
            var empty = octokit.Repository.Content.GetAllContents("acme", "empty");
            await Record.ExceptionAsync(() => empty);
            return await gone;
        })).Should().ThrowExactlyAsync<ScmNotFoundException>();
    }

    [Fact]
    public async Task An_exception_of_the_callers_own_is_not_taken_for_an_answer_before()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.GitHubError(404, "This repository is empty."));

        var error = (await fixture.Awaiting(one => one.RunAsync<int>(async octokit =>
        {
            await FluentActions.Awaiting(() => octokit.Repository.Get("acme", "api")).Should().ThrowAsync<NotFoundException>();
            throw new NotFoundException("No such thing.", HttpStatusCode.NotFound);
        })).Should().ThrowExactlyAsync<ScmNotFoundException>()).Which;

        error.Message.Should().Contain("No such thing.");
        error.RequestId.Should().BeNull();
    }

    [Fact]
    public async Task Outside_of_RunAsync_a_listing_of_something_missing_is_not_found()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.NotFound());

        var exception = (await fixture.Awaiting(one => one.Direct.Issue.GetAllForRepository("acme", "gone")).Should().ThrowAsync<NotFoundException>()).Which;

        exception.ToScmException().Should().BeOfType<ScmNotFoundException>();
    }

    [Fact]
    public async Task A_pull_request_that_cannot_be_merged()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.GitHubError(405, "Pull Request is not mergeable"));

        var error = (await fixture.Awaiting(one => one.RunAsync(octokit => octokit.PullRequest.Merge("acme", "api", 1, new MergePullRequest()))).Should().ThrowAsync<ScmNotAllowedException>()).Which;

        error.InnerException.Should().BeOfType<PullRequestNotMergeableException>();
        error.RequestId.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_pull_request_whose_head_has_moved()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Conflict());

        var error = (await fixture.Awaiting(one => one.RunAsync(octokit => octokit.PullRequest.Merge("acme", "api", 1, new MergePullRequest()))).Should().ThrowAsync<ScmConflictException>()).Which;

        error.Reason.Should().Be(ErrorReason.RefMoved);
        error.InnerException.Should().BeOfType<PullRequestMismatchException>();
    }

    [Fact]
    public async Task A_repository_that_exists()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(422, """{"message":"Repository creation failed.","errors":[{"resource":"Repository","code":"custom","field":"name","message":"name already exists on this account"}]}"""));

        var error = (await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Repository.Create("acme", new NewRepository("api")))).Should().ThrowAsync<ScmAlreadyExistsException>()).Which;

        error.Reason.Should().Be(ErrorReason.AlreadyExists);
        error.InnerException.Should().BeOfType<RepositoryExistsException>();
        error.RequestId.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public async Task Outside_of_RunAsync_a_repository_that_exists_is_told_from_its_errors()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(422, """{"message":"Repository creation failed.","errors":[{"resource":"Repository","code":"custom","field":"name","message":"name already exists on this account"}]}"""));

        var exception = (await fixture.Awaiting(one => one.Direct.Repository.Create("acme", new NewRepository("api"))).Should().ThrowAsync<RepositoryExistsException>()).Which;

        exception.ToScmException().Should().BeOfType<ScmAlreadyExistsException>();
    }

    [Fact]
    public async Task A_status_that_Octokit_did_not_expect_is_its_error()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(200, """{"id":1}"""));

        var error = (await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Organization.Member.Publicize("acme", "octocat"))).Should().ThrowAsync<ScmException>()).Which;

        error.Reason.Should().Be(ErrorReason.Unknown);
        error.Status.Should().Be(HttpStatusCode.OK);
        error.InnerException.Should().BeOfType<ApiException>();
    }

    [Fact]
    public async Task A_refusal_that_the_call_handled_is_not_the_cause_of_a_later_exception_with_another_status()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().AnswerInOrder(Answers.LegalBlock(), Answers.Json(200, """{"id":1}"""));

        var call = () => fixture.RunAsync(async octokit =>
        {
            await Record.ExceptionAsync(() => octokit.Repository.Get("acme", "api"));
            await octokit.Organization.Member.Publicize("acme", "octocat");
        });

        (await call.Should().ThrowAsync<ScmException>()).Which.Reason.Should().Be(ErrorReason.Unknown);
    }

    public static TheoryData<Answer, Type, Type> OutsideCollaborators => new()
    {
        { Answers.GitHubError(422, "You cannot specify an organization member to remove as an outside collaborator."), typeof(UserIsOrganizationMemberException), typeof(ScmValidationException) },
        { Answers.GitHubError(403, "Cannot convert the last owner to an outside collaborator"), typeof(UserIsLastOwnerOfOrganizationException), typeof(ScmPermissionException) },
        { Answers.GitHubError(404, "octocat is not a member of the acme organization."), typeof(UserIsNotMemberOfOrganizationException), typeof(ScmNotFoundException) },
    };

    [Theory]
    [MemberData(nameof(OutsideCollaborators))]
    public async Task An_exception_for_one_endpoint_alone_is_what_its_status_is(Answer answer, Type octokits, Type ours)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(answer);
        Func<IGitHubClient, Task> call = octokits == typeof(UserIsOrganizationMemberException)
            ? octokit => octokit.Organization.OutsideCollaborator.Delete("acme", "octocat")
            : octokit => octokit.Organization.OutsideCollaborator.ConvertFromMember("acme", "octocat");

        var error = (await fixture.Awaiting(one => one.RunAsync(call)).Should().ThrowAsync<ScmException>()).Which;

        error.Should().BeOfType(ours);
        error.InnerException.Should().BeOfType(octokits);
        error.RequestId.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_404_that_Octokit_takes_for_a_no_is_an_answer()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.NotFound());

        (await fixture.RunAsync(octokit => octokit.Activity.Starring.CheckStarred("acme", "api"))).Should().BeFalse();

        fixture.Counted.Should().Equal(("test", "started"), ("test", "success"));
    }
}
