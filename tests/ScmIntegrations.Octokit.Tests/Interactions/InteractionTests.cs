using Microsoft.Extensions.DependencyInjection;
using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Interactions;

/// <summary>What <c>RunAsync</c> runs is one interaction.</summary>
public sealed class InteractionTests
{
    [Fact]
    public async Task A_call_that_gives_no_task_is_told_so()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        Task<int> none = null!;

        await fixture.Awaiting(one => one.Client.RunAsync<int>("test", _ => none)).Should().ThrowAsync<InvalidOperationException>().WithMessage("*no task*");
        await fixture.Awaiting(one => one.Client.RunAsync("test", _ => (Task)none)).Should().ThrowAsync<InvalidOperationException>().WithMessage("*no task*");
    }

    [Fact]
    public async Task A_listing_of_many_pages_is_one_interaction()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        var next = Bodies.Next(fixture.GitHub.Address, 2);
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).WithQuery("page", "3").Answer(Bodies.Page(null, 3));
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).WithQuery("page", "2").Answer(Bodies.Page(Bodies.Next(fixture.GitHub.Address, 3), 2));
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).Answer(Bodies.Page(next, 1));

        var issues = await fixture.Client.RunAsync("list_issues", octokit => octokit.Issue.GetAllForRepository("acme", "api"), TestContext.Current.CancellationToken);

        issues.Should().HaveCount(3);
        fixture.GitHub.Requests.Should().HaveCount(3);
        fixture.Counted.Should().Equal(("list_issues", "started"), ("list_issues", "success"));
    }

    [Fact]
    public async Task Several_calls_are_one_interaction()
    {
        await using var fixture = await OctokitFixture.StartAsync();

        await fixture.RunAsync(async octokit =>
        {
            await octokit.Repository.Get("acme", "api");
            await octokit.Repository.Get("acme", "api");
        });

        fixture.Counted.Should().Equal(("test", "started"), ("test", "success"));
    }

    [Fact]
    public async Task It_has_the_tags_of_the_clients_own_calls()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/gone").Answer(Answers.NotFound());

        await fixture.GetApiAsync();
        await Record.ExceptionAsync(() => fixture.RunAsync(octokit => octokit.Repository.Get("acme", "gone")));

        fixture.InteractionTags.Should().OnlyContain(tags => Equals(tags[ScmTelemetry.ProviderTag], "github") && Equals(tags[ScmTelemetry.ClientTag], "default"));
        fixture.InteractionTags.Last()[ScmTelemetry.ErrorTypeTag].Should().Be("not_found");
    }

    [Fact]
    public async Task A_failure_is_reported_once()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError(503));

        var error = (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmServerException>()).Which;

        var report = fixture.Reporter.Reports.Should().ContainSingle().Subject;
        report.Exception.Should().BeSameAs(error);
        report.Descriptor.Name.Should().Be("test");
        fixture.Counted.Should().Equal(("test", "started"), ("test", "failure"));
    }

    [Fact]
    public async Task A_halt_is_not_reported()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.EmptyRepository());

        await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmEmptyRepositoryException>();

        fixture.Reporter.Reports.Should().BeEmpty();
        fixture.Counted.Should().Equal(("test", "started"), ("test", "halted"));
    }

    [Fact]
    public async Task An_error_that_the_call_handles_is_none_of_the_interactions()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/gone").Answer(Answers.NotFound());

        var found = await fixture.RunAsync(async octokit =>
        {
            try
            {
                return await octokit.Repository.Get("acme", "gone");
            }
            catch (NotFoundException)
            {
                return await octokit.Repository.Get("acme", "api");
            }
        });

        found.FullName.Should().Be("acme/api");
        fixture.Counted.Should().Equal(("test", "started"), ("test", "success"));
    }

    [Fact]
    public async Task An_exception_of_the_callers_own_passes_unchanged()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        var own = new InvalidOperationException("mine");

        (await fixture.Awaiting(one => one.RunAsync(_ => throw own)).Should().ThrowAsync<InvalidOperationException>()).Which.Should().BeSameAs(own);
        (await fixture.Awaiting(one => one.RunAsync(async octokit =>
        {
            await octokit.Repository.Get("acme", "api");
            throw own;
        })).Should().ThrowAsync<InvalidOperationException>()).Which.Should().BeSameAs(own);

        fixture.Counted.Select(one => one.Outcome).Should().Equal("started", "failure", "started", "failure");
    }

    [Fact]
    public async Task A_run_within_a_run_is_an_interaction_of_its_own()
    {
        await using var fixture = await OctokitFixture.StartAsync();

        await fixture.Client.RunAsync(
            "outer",
            async octokit =>
            {
                await octokit.Repository.Get("acme", "api");
                await fixture.Client.RunAsync("inner", inner => inner.Repository.Get("acme", "api"), TestContext.Current.CancellationToken);
                await octokit.Repository.Get("acme", "api");
            },
            TestContext.Current.CancellationToken);

        fixture.Counted.Should().Equal(("outer", "started"), ("inner", "started"), ("inner", "success"), ("outer", "success"));
    }

    [Fact]
    public async Task The_token_of_the_outer_run_ends_the_inner_one()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Stall());
        using var outer = new CancellationTokenSource();

        var call = fixture.RunAsync(_ => fixture.RunAsync(octokit => octokit.Repository.Get("acme", "api"), CancellationToken.None), outer.Token);
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        await outer.CancelAsync();

        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(outer.Token);
        fixture.Reporter.Reports.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_token_of_a_run_ends_what_another_client_does_in_it(bool isRun)
    {
        await using var fixture = await OctokitFixture.StartAsync(setup => setup.MoreClients = (builder, gitHub) => builder.AddGitHub("other", options => setup.Apply(options, gitHub)).AddOctokit());
        fixture.GitHub.WhenAnything().Answer(Answers.Stall());
        var other = fixture.Clients.GetClient("other");
        using var outer = new CancellationTokenSource();

        var call = fixture.RunAsync(
            _ => isRun ? other.RunAsync("inner", octokit => octokit.Repository.Get("acme", "api"), CancellationToken.None) : other.Octokit.Repository.Get("acme", "api"),
            outer.Token);
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        await outer.CancelAsync();

        var ended = () => call.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        (await ended.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(outer.Token);
    }

    [Fact]
    public async Task The_token_of_the_inner_run_leaves_the_outer_one_alone()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/slow").Answer(Answers.Stall());
        using var inner = new CancellationTokenSource();

        var call = fixture.RunAsync(async octokit =>
        {
            await Record.ExceptionAsync(() => fixture.RunAsync(one => one.Repository.Get("acme", "slow"), inner.Token));
            return await octokit.Repository.Get("acme", "api");
        });
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        await inner.CancelAsync();

        (await call).FullName.Should().Be("acme/api");
        fixture.Counted.Select(one => one.Outcome).Should().Equal("started", "started", "halted", "success");
    }

    [Fact]
    public async Task A_direct_call_of_the_registered_client_is_send_request()
    {
        await using var fixture = await OctokitFixture.StartAsync();

        await fixture.Services.GetRequiredService<IGitHubClient>().Repository.Get("acme", "api");

        fixture.Counted.Should().Equal(("send_request", "started"), ("send_request", "success"));
    }

    [Fact]
    public async Task The_registered_client_within_a_run_belongs_to_it()
    {
        await using var fixture = await OctokitFixture.StartAsync();

        await fixture.RunAsync(_ => fixture.Direct.Repository.Get("acme", "api"));

        fixture.Counted.Should().Equal(("test", "started"), ("test", "success"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("List Issues")]
    [InlineData("a/b")]
    public async Task A_name_that_cannot_be_a_tag_starts_nothing(string operation)
    {
        await using var fixture = await OctokitFixture.StartAsync();

        await FluentActions.Awaiting(() => fixture.Client.RunAsync(operation, octokit => octokit.Repository.Get("acme", "api"), TestContext.Current.CancellationToken)).Should().ThrowAsync<ArgumentException>();

        fixture.Counted.Should().BeEmpty();
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Nothing_is_no_name_and_no_call()
    {
        await using var fixture = await OctokitFixture.StartAsync();

        await FluentActions.Awaiting(() => fixture.Client.RunAsync(null!, octokit => octokit.Repository.Get("acme", "api"))).Should().ThrowAsync<ArgumentNullException>();
        await FluentActions.Awaiting(() => fixture.Client.RunAsync("test", (Func<IGitHubClient, Task<int>>)null!)).Should().ThrowAsync<ArgumentNullException>();
        await FluentActions.Awaiting(() => fixture.Client.RunAsync("test", (Func<IGitHubClient, Task>)null!)).Should().ThrowAsync<ArgumentNullException>();

        fixture.Counted.Should().BeEmpty();
    }
}
