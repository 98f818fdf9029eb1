using System.Runtime.CompilerServices;

namespace ScmIntegrations.Testing;

/// <content>What was asked, and what is to be answered.</content>
public abstract partial class FakeServer
{
    /// <summary>Every request so far, in order of arrival, unanswered ones included.</summary>
    public IReadOnlyList<RecordedRequest> Requests => Server.Log.Snapshot();

    /// <summary>The requests that the fake had no route for: usually a gap in the fake or a mistake in the client. <see cref="VerifyNoUnmatchedRequests"/> throws when there are any.</summary>
    public IReadOnlyList<RecordedRequest> UnmatchedRequests =>
        [.. Server.Log.Snapshot().Where(request => request.Trouble is not null || (!request.Matched && request.Status is not null))];

    /// <summary>How many requests fit.</summary>
    /// <param name="method">The method.</param>
    /// <param name="pathTemplate">For example <c>/repos/acme/api/git/trees/{sha}</c>.</param>
    /// <returns>The number.</returns>
    public int Count(HttpMethod method, string pathTemplate) => Find(method, pathTemplate).Count;

    /// <summary>The requests that fit.</summary>
    /// <param name="method">The method.</param>
    /// <param name="pathTemplate">For example <c>/repos/acme/api/git/trees/{sha}</c>.</param>
    /// <returns>The requests, in order of arrival.</returns>
    public IReadOnlyList<RecordedRequest> Find(HttpMethod method, string pathTemplate) =>
        [.. Server.Log.Snapshot().Where(request => request.Fits(method, pathTemplate))];

    /// <summary>Forgets every request so far.</summary>
    public void ClearRequests() => Server.Log.Clear();

    /// <summary>Completes once that many requests have arrived since the start or the last clearing.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>A task that completes when they have; they may be unanswered still.</returns>
    public Task WaitForRequestsAsync(int count, CancellationToken cancellationToken = default) =>
        Server.Log.WaitAsync(static _ => true, count, cancellationToken);

    /// <summary>Completes once that many fitting requests have arrived.</summary>
    /// <param name="method">The method.</param>
    /// <param name="pathTemplate">For example <c>/repos/acme/api/git/trees/{sha}</c>.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>A task that completes when they have; they may be unanswered still.</returns>
    public Task WaitForRequestsAsync(HttpMethod method, string pathTemplate, int count, CancellationToken cancellationToken = default) =>
        Server.Log.WaitAsync(request => request.Fits(method, pathTemplate), count, cancellationToken);

    /// <summary>Scripts what is answered to requests of a method and path.</summary>
    /// <param name="method">The method.</param>
    /// <param name="pathTemplate">For example <c>/repos/acme/api/git/trees/{sha}</c>.</param>
    /// <returns>The rule, to be ended by <see cref="FaultBuilder.Answer"/>.</returns>
    public FaultBuilder When(HttpMethod method, string pathTemplate)
    {
        var template = PathTemplate.Parse(pathTemplate);
        return new FaultBuilder(Faults, new($"{method} {pathTemplate}", request => request.Method == method && template.TryMatch(request.Path, out _), new KnownRoute(method, template, IsScripted: true)));
    }

    /// <summary>Scripts what is answered to requests that a test picks.</summary>
    /// <param name="matches">Picks the requests.</param>
    /// <param name="description">What messages say of the rule; the compiler writes the code of <paramref name="matches"/>.</param>
    /// <returns>The rule, to be ended by <see cref="FaultBuilder.Answer"/>.</returns>
    public FaultBuilder When(Func<RecordedRequest, bool> matches, [CallerArgumentExpression(nameof(matches))] string description = "")
    {
        ArgumentNullException.ThrowIfNull(matches);
        return new FaultBuilder(Faults, new(description, matches));
    }

    /// <summary>Scripts what is answered to every request.</summary>
    /// <returns>The rule, to be ended by <see cref="FaultBuilder.Answer"/>.</returns>
    public FaultBuilder WhenAnything() => new(Faults, FaultList.Anything);
}
