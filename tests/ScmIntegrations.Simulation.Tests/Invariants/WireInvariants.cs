using ScmIntegrations.Simulation.Tests.Running;
using ScmIntegrations.Simulation.Tests.Scenarios;

namespace ScmIntegrations.Simulation.Tests.Invariants;

/// <summary>What GitHub may rely on.</summary>
internal static class WireInvariants
{
    // Beyond the attempts that the options allow: once with a renewed token, once more for a token that is not known
    // everywhere yet, and once for an answer as to a stranger.
    private const int CredentialAttempts = 3;

    // An answer that is still being made is asked for again a few times.
    private const int MostPolls = 8;

    /// <summary>Counts each request of each call. What callers share is bounded by how many of them could have set it off.</summary>
    public static IEnumerable<string> AttemptsAreBounded(RunRecord run) =>
        from requests in run.Requests.GroupBy(request => (request.Tag, request.Method, request.Target))
        where requests.Key.Tag is not null || !requests.First().IsAsApp
        let polls = Math.Min(MostPolls, requests.Count(request => request.Status is 202))
        let bound = (run.Scenario.MaxAttempts + CredentialAttempts + polls) * (requests.Key.Tag is null ? Readers(run) : 1)
        where requests.Count() > bound
        select $"{requests.Key.Tag ?? "shared"}: {requests.Key.Method} {requests.Key.Target} was sent {requests.Count()} times, and {bound} are allowed";

    /// <summary>A POST that may have had an effect is not sent again: only a definite refusal shows that it had none.</summary>
    public static IEnumerable<string> NoPostIsReceivedTwice(RunRecord run) =>
        from posts in run.Requests.Where(request => request.Method is "POST" && !request.IsMint && !request.IsQuery).GroupBy(request => (request.Tag, request.Target))
        from earlier in posts.OrderBy(post => post.Number).SkipLast(1)
        where earlier.Status is not (401 or 403 or 429)
        select $"{earlier} was followed by another";

    /// <summary>
    /// Requests of the very moment of the answer were under way already. So was one that had passed the gate before and
    /// waited for its token: it goes out with the token's mint.
    /// </summary>
    public static IEnumerable<string> NothingIsSentWhileALimitHolds(RunRecord run)
    {
        var calls = run.Calls.Where(call => call.Ending is CallEnding.Cancelled).Select(call => call.EndedAt).ToHashSet();
        return from limited in run.Requests
               where limited.SilentUntil is not null
                   // An answer to somebody who left at that moment was not heard.
                   && !calls.Contains(limited.AnsweredAt)
               from request in run.Requests
               where request.IsAsApp == limited.IsAsApp && request.At > limited.AnsweredAt && request.At < limited.SilentUntil
               select $"{request} was sent although {limited} holds until {limited.SilentUntil:HH:mm:ss.fff}";
    }

    // A scan reads everything up to twice.
    private static int Readers(RunRecord run) =>
        run.Calls.Sum(call => call.Plan.Operation switch
        {
            Operation.GetCachedTree => 1,
            Operation.ScanTrees => 2,
            _ => 0,
        });
}
