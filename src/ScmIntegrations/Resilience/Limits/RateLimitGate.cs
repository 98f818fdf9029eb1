using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using ScmIntegrations.Errors;
using ScmIntegrations.Resilience.Sharing;

namespace ScmIntegrations.Resilience.Limits;

/// <summary>
/// While a rate limit holds, calls on the same credential and resource end here, without a request:
/// a client that goes on while limited makes the limit worse and can lose its access altogether.
/// </summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="shared">What other instances were told; <see langword="null"/> when nothing is shared.</param>
internal sealed class RateLimitGate(TimeProvider timeProvider, SharedCooldowns? shared = null)
{
    private const string EveryResource = "*";
    private const int MaxDoublings = 6;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<(string Credential, string Resource), ScmError> _closed = new();
    private readonly ConcurrentDictionary<(string Credential, string Resource), int> _guesses = new();

    /// <summary>
    /// Closes the gate until the error's <see cref="ScmError.RetryAt"/>; a secondary limit closes it for every resource of the credential.
    /// Where GitHub named no time, the wait doubles each time that it has turned out too short, to 64 times at most
    /// ("wait for at least one minute", then "exponentially", docs.github.com, rate limits for the REST API).
    /// </summary>
    /// <returns>The error with the time until which the gate is closed.</returns>
    public ScmError Close(string credential, string resource, ScmError error)
    {
        var now = timeProvider.GetUtcNow();
        var limited = error.Reason is ErrorReason.SecondaryRateLimit ? EveryResource : resource;
        var key = (credential, limited);
        ScmError closed;
        lock (_lock)
        {
            // An answer to what was under way when the gate closed is no second offence, and opens nothing earlier.
            closed = IsClosed(key, now, out var present)
                ? present.RetryAt > error.RetryAt ? error with { RetryAt = present.RetryAt } : error
                : error.IsRetryAtGuessed ? Guess(key, error, now) : error;
            _closed[key] = closed;
        }

        // Here it is closed already; the others are told behind the call.
        if (closed.RetryAt is { } until)
        {
            shared?.Publish(credential, limited, until);
        }

        return closed;
    }

    /// <summary>
    /// Waits, for 50 ms at most, until it is known what other instances were told of the credential in the last 250 ms. Without it,
    /// <see cref="Check"/> knows what was read after the check before.
    /// </summary>
    public ValueTask LookAsync(string credential, CancellationToken cancellationToken) =>
        shared is null ? ValueTask.CompletedTask : shared.LookAsync(credential, cancellationToken);

    /// <summary>Notes that GitHub has served the credential again, so that the next guess begins anew.</summary>
    public void Served(string credential, string resource)
    {
        if (!_guesses.IsEmpty && !IsClosed((credential, EveryResource), timeProvider.GetUtcNow(), out _))
        {
            _guesses.TryRemove((credential, EveryResource), out _);
            _guesses.TryRemove((credential, resource), out _);
        }
    }

    /// <summary>The refusal of a call that must not be sent now; <see langword="null"/> when the gate is open.</summary>
    public ScmException? Check(string credential, string resource) =>
        (_closed.IsEmpty ? null : CheckKey((credential, EveryResource)) ?? CheckKey((credential, resource)))
        ?? (shared is null ? null : CheckShared(credential, EveryResource, ErrorReason.SecondaryRateLimit) ?? CheckShared(credential, resource, ErrorReason.PrimaryRateLimit));

    private ScmException? CheckShared(string credential, string resource, ErrorReason reason) =>
        shared!.Find(credential, resource) is { } until
            ? ScmException.From(new ScmError
            {
                Reason = reason,
                Origin = ErrorOrigin.Client,
                Rule = "12",
                RetryAt = until,
                RateLimitResource = resource.Equals(EveryResource, StringComparison.Ordinal) ? null : resource,
                Message = $"Not sent: another instance of this application has met the limit of this credential, which holds until {until:u}.",
            })
            : null;

    private ScmException? CheckKey((string Credential, string Resource) key)
    {
        if (IsClosed(key, timeProvider.GetUtcNow(), out var error))
        {
            return ScmException.From(error with
            {
                Origin = ErrorOrigin.Client,
                Status = null,
                Rule = "12",
                Message = $"Not sent: the limit that GitHub reported holds until {error.RetryAt:u}. It said: {error.Message}",
            });
        }

        if (error is not null)
        {
            _closed.TryRemove(new(key, error));
        }

        return null;
    }

    private bool IsClosed((string Credential, string Resource) key, DateTimeOffset now, [NotNullWhen(true)] out ScmError? error) =>
        _closed.TryGetValue(key, out error) && error.RetryAt > now;

    private ScmError Guess((string Credential, string Resource) key, ScmError error, DateTimeOffset now)
    {
        var doublings = _guesses.GetValueOrDefault(key);
        _guesses[key] = Math.Min(doublings + 1, MaxDoublings);
        return error with { RetryAt = now + ((error.RetryAt - now) * Math.Pow(2, doublings)) };
    }
}
