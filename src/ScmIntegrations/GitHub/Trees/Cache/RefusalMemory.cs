using ScmIntegrations.Caching;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.GitHub.Trees.Cache;

/// <summary>
/// What scans were told of repositories a while ago, where asking again would only be told the same: not there, no permission,
/// blocked. Reads outside of a scan always ask.
/// </summary>
internal sealed class RefusalMemory(GitHubConnection connection, BoundedCache cache)
{
    private const int RefusalBytes = 4000;

    /// <summary>What a scan was told; <see langword="null"/> when it should ask.</summary>
    public ScmException? Find(RepositoryRef repository) =>
        (Find(repository.FullName) ?? Find(repository.Owner)) is { } error
            ? ScmException.From(error with { Origin = ErrorOrigin.Client, Status = null, Message = "Not asked again yet: " + error.Message })
            : null;

    /// <summary>Remembers what a scan was told, for as long as the retry table says. Trade controls hold for all of the account.</summary>
    public void Remember(RepositoryRef repository, ScmException refused)
    {
        var row = RetryTable.Find(OperationClass.Read, RetryCondition.Scan, refused.Reason, refused.Origin, (int?)refused.Status);

        // What a token seconds old was told, or what broke off, may not be so.
        if (refused.Origin is ErrorOrigin.GitHub && refused.Error.Rule is not ("26" or "6a") && row.RememberedFor > TimeSpan.Zero)
        {
            var name = refused.Reason is ErrorReason.TradeControls ? repository.Owner : repository.FullName;
            cache.Set(Key(name), refused.Error with { ValidationErrors = [] }, RefusalBytes, row.RememberedFor);
        }
    }

    /// <summary>Forgets what was told of a repository and its owner.</summary>
    public void Forget(RepositoryRef repository)
    {
        cache.Remove(Key(repository.FullName));
        cache.Remove(Key(repository.Owner));
    }

    /// <summary>Forgets what was told of an account and its repositories.</summary>
    public void ForgetOwner(string owner)
    {
        var name = owner.ToUpperInvariant();
        cache.RemoveWhere(key => key is RefusalKey refusal && (refusal.Name.Equals(name, StringComparison.Ordinal) || refusal.Name.StartsWith(name + "/", StringComparison.Ordinal)));
    }

    /// <summary>Forgets everything.</summary>
    public void Forget() => cache.RemoveWhere(static key => key is RefusalKey);

    private ScmError? Find(string name) => cache.TryGet<ScmError>(Key(name), out var error) ? error : null;

    private RefusalKey Key(string name) => new(connection.Host.ApiAddress.Authority, connection.Credential.Identity, name.ToUpperInvariant());

    private sealed record RefusalKey(string Host, string Credential, string Name);
}
