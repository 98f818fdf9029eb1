using ScmIntegrations.Errors;

namespace ScmIntegrations.Resilience.Limits;

/// <summary>A piece of background work: admitted until it is disposed, once, or refused.</summary>
/// <param name="use">Where it is counted.</param>
/// <param name="refusal">Why it must not begin.</param>
internal readonly struct BackgroundWork(RateLimitUse? use, ScmException? refusal) : IDisposable
{
    /// <summary>Why it must not begin; <see langword="null"/> when it may.</summary>
    public ScmException? Refusal => refusal;

    public void Dispose() => use?.EndAdmitted();
}
