using ScmIntegrations.Errors;

namespace ScmIntegrations.Octokit.Calls;

/// <summary>One run of <see cref="IOctokitIntegrationClient.RunAsync{T}"/>: its token, which Octokit's methods do not take, and what was refused in it.</summary>
/// <param name="cancellationToken">The caller's.</param>
internal sealed class OctokitRun(CancellationToken cancellationToken)
{
    private volatile ScmException? _refused;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>
    /// The error of the latest answer that was one. Octokit makes some of its exceptions anew and loses the answer on the way; this is how it is
    /// found again.
    /// </summary>
    public ScmException? Refused
    {
        get => _refused;
        set => _refused = value;
    }
}
