using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Errors;

/// <summary>A success is not always an answer: still computing, or a list with parts left out.</summary>
public sealed class NotQuiteSuccessTests
{
    private const string Partial = "partial-results; organizations=21955855,20582480";

    [Theory]
    [InlineData("GET", true)]
    [InlineData("HEAD", true)]
    [InlineData("DELETE", false)]
    [InlineData("POST", false)]
    [InlineData("PUT", false)]
    public async Task A_202_is_not_ready_to_a_read_and_done_to_a_write(string method, bool isError)
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.Resilience.MaxAttempts = 1);
        fixture.GitHub.WhenAnything().Answer(Answers.Json(202, "{}"));

        var call = () => fixture.SendAsync(new HttpMethod(method));

        if (isError)
        {
            var error = (await call.Should().ThrowAsync<ScmNotReadyException>()).Which;
            (error.IsTransient, error.IsExpected).Should().Be((true, true));
        }
        else
        {
            await call.Should().NotThrowAsync();
        }

        fixture.CountedOutcomes.Last().Should().Be(isError ? "halted" : "success");
    }

    [Fact]
    public async Task A_202_says_when_to_come_back_where_it_does()
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.Time = new ManualTimeProvider();
            setup.Client = options => options.Resilience.MaxAttempts = 1;
        });
        fixture.GitHub.WhenAnything().Answer(Answers.Json(202, "{}").WithHeader("Retry-After", "7"));

        var call = fixture.GetApiAsync;

        (await call.Should().ThrowAsync<ScmNotReadyException>()).Which.RetryAt.Should().Be(fixture.Time.GetUtcNow().AddSeconds(7));
    }

    [Fact]
    public async Task A_list_that_leaves_organisations_out_gives_all_it_has_and_then_says_so()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.AddRepository("acme/web");
        fixture.GitHub.When(HttpMethod.Get, "/user/repos").Answer(Answers.Real().WithHeader("X-GitHub-SSO", Partial));
        var listed = new List<string>();

        var call = async () =>
        {
            await foreach (var repository in fixture.Client.ListRepositoriesAsync(cancellationToken: TestContext.Current.CancellationToken))
            {
                listed.Add(repository.Reference.FullName);
            }
        };

        var error = (await call.Should().ThrowAsync<ScmIncompleteListException>()).Which;
        error.Reason.Should().Be(ErrorReason.SamlPartialResults);
        error.Origin.Should().Be(ErrorOrigin.GitHub);
        error.Message.Should().Contain("21955855");
        listed.Should().BeEquivalentTo("acme/api", "acme/web");
        fixture.CountedOutcomes.Should().Equal("started", "halted");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_request_that_leaves_organisations_out_is_an_error_unless_that_is_allowed(string method)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(200, "[]").WithHeader("X-GitHub-SSO", Partial));
        var request = Requests.To(new HttpMethod(method));

        var call = (GitHubRequest sent) => fixture.Client.SendAsync(sent, Requests.AnyJson, TestContext.Current.CancellationToken);

        var error = (await call.Invoking(send => send(request)).Should().ThrowAsync<ScmIncompleteListException>()).Which;
        error.Reason.Should().Be(ErrorReason.SamlPartialResults);
        error.Error.IsFateUnknown.Should().BeFalse("it was answered");
        (await call(request with { AllowPartialResults = true })).GetArrayLength().Should().Be(0);
        fixture.GitHub.Requests.Should().HaveCount(2, "neither is sent again");
    }

    [Theory]
    [InlineData("required; url=https://github.com/orgs/acme/sso")]
    [InlineData("")]
    public async Task A_success_with_any_other_note_of_single_sign_on_is_a_success(string header)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Real().WithHeader("X-GitHub-SSO", header));

        await fixture.GetApiAsync();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(204)]
    public void A_recorded_success_is_no_error(int status) => new GitHubAnswer(status).ToException().Should().BeNull();
}
