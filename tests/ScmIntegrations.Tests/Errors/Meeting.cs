using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Answers;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Errors;

/// <summary>What a client made of an answer that it met over HTTP, and which row of the table decided.</summary>
internal sealed record Meeting(ScmException Error, int Row, RecordedRequest Request, IReadOnlyList<string> Outcomes)
{
    public static async Task<Meeting> OfAsync(GivenAnswer given)
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.AsInstallation = given.Token is TokenAge.Fresh;
            setup.Client = static options => options.Resilience.MaxAttempts = 1;
        });
        if (given.Token is TokenAge.Proven)
        {
            await fixture.GetApiAsync();
            fixture.GitHub.ClearRequests();
        }

        fixture.GitHub.When(request => string.Equals(request.Path, given.Path, StringComparison.Ordinal)).Answer(given.ToAnswer());
        ResponseSnapshot? refused = null;
        var sent = Requests.To(given.Method, given.Path) with { OnErrorResponse = answer => refused = answer };

        var call = () => fixture.Client.SendAsync(sent, TestContext.Current.CancellationToken);

        var error = (await call.Should().ThrowAsync<ScmException>(given.ToString())).Which;
        var context = AnswerContext.Of(sent.ToString(), sent.Operation, CredentialOwner.Customer, sent.Path) with
        {
            IsTokenFresh = given.Token is TokenAge.Fresh,
            IsTokenTrusted = given.Token is TokenAge.Proven,
        };
        var facts = new AnswerFacts(refused!, context);
        var row = Enumerable.Range(0, GitHubErrorTable.Rows.Count).First(index => GitHubErrorTable.Rows[index].Matches(facts));
        return new(
            error,
            row,
            fixture.GitHub.Requests.Should().ContainSingle(request => request.Path == given.Path, "it is met once").Subject,
            [.. fixture.CountedOutcomes]);
    }
}
