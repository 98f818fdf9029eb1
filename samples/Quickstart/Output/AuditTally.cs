using ScmIntegrations.GitHub.Apps;

namespace Quickstart.Output;

/// <summary>How an audit stands.</summary>
/// <param name="Installations">Looked at.</param>
/// <param name="Complete">Of these, those that lack nothing.</param>
/// <param name="Suspended">Of these, those that are suspended, whatever they lack.</param>
internal sealed record AuditTally(int Installations = 0, int Complete = 0, int Suspended = 0)
{
    public int Incomplete => Installations - Complete;

    public AuditTally With(InstallationAudit audit) =>
        new(Installations + 1, Complete + (audit.IsComplete ? 1 : 0), Suspended + (audit.IsSuspended ? 1 : 0));
}
