using ScmIntegrations.Errors;
using ScmIntegrations.Simulation.Tests.Client;
using ScmIntegrations.Simulation.Tests.Running;

namespace ScmIntegrations.Simulation.Tests.Invariants;

/// <summary>What whoever owns the credential may rely on.</summary>
internal static class TokenInvariants
{
    // A token is renewed ahead of its end in this time, and then at most once in the pause.
    private static readonly TimeSpan RenewedAhead = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RenewalPause = TimeSpan.FromSeconds(30);

    /// <summary>A token is minted for the first call, for each token that was refused, and for each that came to its end.</summary>
    public static IEnumerable<string> NoMintWithoutAReason(RunRecord run)
    {
        var minted = run.Requests.Count(request => request.IsMintThatCounts);
        var refused = run.Requests.Where(request => request.Status is 401 && !request.IsAsApp).Select(request => request.Token).Distinct(StringComparer.Ordinal).Count();

        // A mint that lands when its last caller has just left is made in vain.
        var left = run.Calls.Count(call => call.CallerCancelled);
        var allowed = 1 + refused + Ended(run) + left;
        if (minted > allowed)
        {
            yield return $"{minted} tokens were minted; the first, {refused} refused, {Ended(run)} ended and {left} callers who left allow {allowed}";
        }
    }

    public static IEnumerable<string> NoSecretIsTold(RunRecord run)
    {
        string[] secrets = [SimulatedKey.LineOfKey, .. run.Requests.Select(request => request.Token).OfType<string>().Distinct(StringComparer.Ordinal).SelectMany(Parts)];
        var told = run.Calls.SelectMany(call => Texts(call.Exception))
            .Concat(run.Reports.SelectMany(report => Texts(report.Exception).Append($"{report.Reason} {string.Join(' ', report.Extras.Values)}")))
            .Distinct(StringComparer.Ordinal);
        return from text in told
               where secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal))
               select $"a text holds a secret: {text[..Math.Min(text.Length, 200)]}";
    }

    /// <summary>All that an exception says, without the stack trace, which takes long to write and holds no values.</summary>
    private static IEnumerable<string> Texts(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception is ScmException error ? $"{exception.Message} {error.Error}" : exception.Message;
        }
    }

    /// <summary>Half a token is a secret too.</summary>
    private static IEnumerable<string> Parts(string token) =>
        token.Length < 96 ? [token] : [token[16..48], token[(token.Length / 2)..((token.Length / 2) + 32)], token[^32..]];

    private static int Ended(RunRecord run)
    {
        var took = run.EndedAt - run.StartedAt;
        var served = run.Scenario.TokenLifetime - RenewedAhead;

        // A token that lives shorter than that is due for renewal at once, and comes to its end besides.
        return served > TimeSpan.Zero ? (int)(took / served) : 2 * ((int)(took / RenewalPause) + 1);
    }
}
