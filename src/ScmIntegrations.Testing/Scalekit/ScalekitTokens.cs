using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace ScmIntegrations.Testing;

/// <summary>The machine tokens that were issued, with their ends.</summary>
internal sealed class ScalekitTokens
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokens = new(StringComparer.Ordinal);
    private int _issued;

    public int Issued => Volatile.Read(ref _issued);

    public string Issue(DateTimeOffset endsAt)
    {
        // The shape of a JWT, whose parts nobody reads.
        var token = $"eyJhbGciOiJub25lIn0.{RandomNumberGenerator.GetHexString(32, lowercase: true)}.{Interlocked.Increment(ref _issued)}";
        _tokens[token] = endsAt;
        return token;
    }

    public bool IsGood(string token, DateTimeOffset now) => _tokens.TryGetValue(token, out var endsAt) && endsAt > now;

    public void Revoke(string token) => _tokens.TryRemove(token, out _);

    public void RevokeAll() => _tokens.Clear();
}
