using System.Collections.Concurrent;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Resilience;

/// <summary>
/// While a rate limit holds, calls on the same credential and resource end here, without a request:
/// a client that goes on while limited makes the limit worse and can lose its access altogether.
/// </summary>
internal sealed class RateLimitGate(TimeProvider timeProvider)
{
    private const string EveryResource = "*";
    private readonly ConcurrentDictionary<(string Credential, string Resource), ScmError> _closed = new();

    /// <summary>Closes the gate until the error's <see cref="ScmError.RetryAt"/>; a secondary limit closes it for every resource of the credential.</summary>
    public void Close(string credential, string resource, ScmError error)
    {
        if (error.RetryAt is { } until)
        {
            var key = (credential, error.Reason is ErrorReason.SecondaryRateLimit ? EveryResource : resource);
            _closed.AddOrUpdate(key, error, (_, present) => present.RetryAt > until ? present : error);
        }
    }

    /// <summary>The refusal of a call that must not be sent now; <see langword="null"/> when the gate is open.</summary>
    public ScmException? Check(string credential, string resource) =>
        _closed.IsEmpty ? null : CheckKey((credential, EveryResource)) ?? CheckKey((credential, resource));

    private ScmException? CheckKey((string Credential, string Resource) key)
    {
        if (!_closed.TryGetValue(key, out var error))
        {
            return null;
        }

        if (error.RetryAt <= timeProvider.GetUtcNow())
        {
            _closed.TryRemove(new(key, error));
            return null;
        }

        return ScmException.From(error with
        {
            Origin = ErrorOrigin.Client,
            Status = null,
            Message = $"Not sent: the limit that GitHub reported holds until {error.RetryAt:u}. It said: {error.Message}",
        });
    }
}
