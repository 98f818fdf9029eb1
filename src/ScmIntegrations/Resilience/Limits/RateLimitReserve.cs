using System.Collections.Concurrent;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Resilience.Limits;

/// <summary>Holds back background work, and that alone, while a limit has no more left than others are going to need until its reset.</summary>
internal sealed class RateLimitReserve(RateLimitLedger ledger, double factor, TimeProvider timeProvider)
{
    // Far above what GitHub has; the names come from the server, which need not be GitHub.
    private const int MostLimits = 256;

    private readonly ConcurrentDictionary<(string Credential, string Resource), RateLimitUse> _uses = new();

    /// <summary>Who uses a limit; <see langword="null"/> when too many limits are known to learn of one more.</summary>
    public RateLimitUse? Of(string credential, string resource) =>
        _uses.TryGetValue((credential, resource), out var use) ? use
            : _uses.Count >= MostLimits ? null
            : _uses.GetOrAdd((credential, resource), static (_, time) => new RateLimitUse(time), timeProvider);

    /// <summary>Takes in what an answer said.</summary>
    public void Learn(string credential, RateLimitReading reading) =>
        Of(credential, reading.Resource)?.Learn(reading, reading.ResetsAt - timeProvider.GetUtcNow());

    /// <summary>Why background work is not sent now; <see langword="null"/> when it may be.</summary>
    public ScmException? Check(string credential, string resource, int floor) =>
        Find(credential, resource, floor) is { } rule && Of(credential, resource) is { } use && use.Read() is var known && !rule.LeavesMore(known)
            ? Refusal(rule, known)
            : null;

    /// <summary>Whether nothing is left of a limit, what is under way included, so that one more request would be refused.</summary>
    public bool IsUsedUp(string credential, string resource) =>
        ledger.Find(credential, resource) is { } reading && reading.Remaining <= (Of(credential, resource)?.Read().UnderWay ?? 0);

    /// <summary>What is known of a limit, and how many of its requests background work leaves to others now; nothing where no answer has told of it.</summary>
    public (RateLimitReading Limit, int Reserved)? Read(string credential, string resource, int floor) =>
        Find(credential, resource, floor) is { } rule && Of(credential, resource) is { } use ? (rule.Limit, rule.Requests(use.Read())) : null;

    /// <summary>Counts a piece of background work as begun, or refuses it.</summary>
    public BackgroundWork Admit(string credential, string resource, int floor)
    {
        var use = Of(credential, resource);
        var rule = Find(credential, resource, floor) ?? Unlimited;
        return use is null || use.TryAdmit(rule, out var known) ? new(use, null) : new(null, Refusal(rule, known));
    }

    private static RequestReserve Unlimited => new(new RateLimitReading("", int.MaxValue, int.MaxValue, default), TimeSpan.Zero, 0, 0);

    private RequestReserve? Find(string credential, string resource, int floor) =>
        ledger.Find(credential, resource) is { } reading
            ? new RequestReserve(reading, reading.ResetsAt - timeProvider.GetUtcNow(), floor, factor)
            : null;

    private static ScmException Refusal(RequestReserve rule, RateLimitUse.Rates known) => ScmException.From(new ScmError
    {
        Reason = ErrorReason.PrimaryRateLimit,
        Origin = ErrorOrigin.Client,
        RetryAt = rule.Limit.ResetsAt,
        RateLimitResource = rule.Limit.Resource,
        Message = "Not asked: " + rule.Explain(known),
    });
}
