using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Listings;

/// <summary>A listing is one interaction, however it ends.</summary>
public sealed class ListingInteractionTests
{
    [Fact]
    public async Task Leaving_a_list_early_ends_its_interaction_once_and_well()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.PageSize = 5);
        fixture.AddRepositories(20);

        await foreach (var repository in fixture.Client.ListRepositoriesAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            if (repository.FullName is "acme/r007")
            {
                break;
            }
        }

        fixture.Outcomes("list_repositories").Should().Equal("started", "success");
        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_list_that_nobody_reads_is_no_interaction()
    {
        await using var fixture = await TreeFixture.StartAsync();

        _ = fixture.Client.ListRepositoriesAsync(cancellationToken: TestContext.Current.CancellationToken);

        fixture.Outcomes("list_repositories").Should().BeEmpty();
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_callers_own_exception_does_not_fail_the_list()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(2);

        var reading = async Task () =>
        {
            await foreach (var repository in fixture.Client.ListRepositoriesAsync(cancellationToken: TestContext.Current.CancellationToken))
            {
                throw new InvalidOperationException(repository.FullName);
            }
        };

        await reading.Should().ThrowAsync<InvalidOperationException>();

        fixture.Outcomes("list_repositories").Should().Equal("started", "success");
    }

    [Fact]
    public async Task Cancelling_in_the_middle_is_a_halt()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.PageSize = 5);
        fixture.AddRepositories(20);
        fixture.GitHub.When(request => request.Query.Contains("page=2", StringComparison.Ordinal)).Answer(Answers.Stall());
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var listed = 0;
        var listing = Task.Run(
            async () =>
            {
                await foreach (var repository in fixture.Client.ListRepositoriesAsync(cancellationToken: cancellation.Token))
                {
                    listed++;
                }
            },
            TestContext.Current.CancellationToken);
        await fixture.GitHub.WaitForRequestsAsync(2, TestContext.Current.CancellationToken);

        await cancellation.CancelAsync();

        (await listing.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancellation.Token);
        listed.Should().Be(5);
        fixture.Outcomes("list_repositories").Should().Equal("started", "halted");
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_is_a_failure()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.PageSize = 5);
        fixture.AddRepositories(20);
        fixture.GitHub.When(request => request.Query.Contains("page=3", StringComparison.Ordinal)).Answer(Answers.ServerError(500));

        await fixture.Awaiting(one => one.ListAsync()).Should().ThrowAsync<ScmServerException>();

        fixture.Outcomes("list_repositories").Should().Equal("started", "failure");
        fixture.GitHub.Requests.Should().HaveCount(5);
    }
}
