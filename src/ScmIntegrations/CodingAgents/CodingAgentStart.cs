using System.Security.Cryptography;
using System.Text;

namespace ScmIntegrations.CodingAgents;

/// <summary>A launch as an agent carries it out: the request, and what tells this launch from every other.</summary>
public sealed record CodingAgentStart
{
    private CodingAgentStart(CodingAgentRequest request, string key, DateTimeOffset beganAt)
    {
        Request = request;
        BeganAt = beganAt;
        Key = key;
        BranchName = request.BranchName is { } text ? AgentBranchName.Of(text, key) : null;
    }

    /// <summary>The request.</summary>
    public CodingAgentRequest Request { get; }

    /// <summary>When this launch began, by this process's clock.</summary>
    public DateTimeOffset BeganAt { get; }

    /// <summary>
    /// 64 hexadecimal digits that are the same for every launch of the same key at the same repository with the same agent, and no other:
    /// an idempotency key, or a marker to look for. Nothing of the caller's key can be read from it.
    /// </summary>
    public string Key { get; }

    /// <summary>Whether an earlier launch of the same key is possible.</summary>
    public bool MayBeRepeated => Request is { IdempotencyKey: not null, IsKeyNew: false };

    /// <summary>The name of the agent's branch, fit for git; <see langword="null"/> to leave it to the agent.</summary>
    public string? BranchName { get; }

    /// <summary>Begins a launch.</summary>
    /// <param name="agent">The agent's name.</param>
    /// <param name="request">The request.</param>
    /// <param name="now">The time.</param>
    /// <returns>The launch.</returns>
    internal static CodingAgentStart Of(string agent, CodingAgentRequest request, DateTimeOffset now)
    {
        var key = request.IdempotencyKey ?? RandomNumberGenerator.GetHexString(64);
        var subject = $"{agent}\n{request.Repository.FullName.ToLowerInvariant()}\n{key}";
        return new(request, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject))), now);
    }
}
