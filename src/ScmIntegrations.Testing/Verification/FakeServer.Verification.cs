using System.Globalization;

namespace ScmIntegrations.Testing;

/// <content>Whether what was asked is what a test expected.</content>
public abstract partial class FakeServer
{
    /// <summary>Checks that requests of a method and path came so many times.</summary>
    /// <param name="method">The method.</param>
    /// <param name="pathTemplate">For example <c>/repos/acme/api/git/trees/{sha}</c>.</param>
    /// <param name="times">How many, exactly.</param>
    /// <exception cref="FakeVerificationException">It were more or fewer.</exception>
    public void Verify(HttpMethod method, string pathTemplate, int times)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        Expect(Count(method, pathTemplate) is var count && count == times, string.Create(CultureInfo.InvariantCulture, $"{method} {pathTemplate} was expected {times} times and asked {count} times."));
    }

    /// <summary>Checks that requests of a method and path came at least so many times.</summary>
    /// <param name="method">The method.</param>
    /// <param name="pathTemplate">For example <c>/repos/acme/api/git/trees/{sha}</c>.</param>
    /// <param name="times">How many, at least.</param>
    /// <exception cref="FakeVerificationException">It were fewer.</exception>
    public void VerifyAtLeast(HttpMethod method, string pathTemplate, int times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        Expect(Count(method, pathTemplate) is var count && count >= times, string.Create(CultureInfo.InvariantCulture, $"{method} {pathTemplate} was expected at least {times} times and asked {count} times."));
    }

    /// <summary>Checks that no request of a method and path came.</summary>
    /// <param name="method">The method.</param>
    /// <param name="pathTemplate">For example <c>/repos/acme/api/git/trees/{sha}</c>.</param>
    /// <exception cref="FakeVerificationException">There was one.</exception>
    public void VerifyNever(HttpMethod method, string pathTemplate) =>
        Expect(Count(method, pathTemplate) is var count && count == 0, string.Create(CultureInfo.InvariantCulture, $"{method} {pathTemplate} was expected never and asked {count} times."));

    /// <summary>
    /// Checks that every scripted rule was used: as often as <see cref="FaultBuilder.Times"/> says, each answer of
    /// <see cref="FaultBuilder.AnswerInOrder"/>, else once. Rules that are <see cref="FaultBuilder.Optional"/>, drawn or recorded are not asked for.
    /// </summary>
    /// <exception cref="FakeVerificationException">One was not.</exception>
    public void VerifyAllCalled()
    {
        var unused = Faults.Snapshot().Where(fault => !fault.IsUsed).ToArray();
        Expect(unused.Length == 0, $"Scripted and not used, or not as often as it was to be:\n  {string.Join("\n  ", unused.Select(fault => fault.ToString()))}");
    }

    /// <summary>Checks that nothing was asked that the fake has no answer for. The way to learn it over HTTP, where the client only sees a status.</summary>
    /// <exception cref="UnmatchedRequestException">There was such a request; the message tells of each what comes near.</exception>
    public void VerifyNoUnmatchedRequests()
    {
        var unmatched = UnmatchedRequests;
        if (unmatched.Count > 0)
        {
            throw new UnmatchedRequestException(string.Join("\n\n", unmatched.Select(request => request.Trouble?.Message ?? $"There is no route for {request}.").Distinct(StringComparer.Ordinal)));
        }
    }

    private void Expect(bool isSo, string complaint)
    {
        if (!isSo)
        {
            throw new FakeVerificationException(RequestSummary.Write(complaint, Requests, Faults.Snapshot()));
        }
    }
}
