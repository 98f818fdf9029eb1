using System.Net;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Tests.Interactions;

/// <summary>Exceptions as the library throws them.</summary>
internal static class Sample
{
    public static ScmException Error(
        ErrorReason reason, CredentialOwner owner = CredentialOwner.Customer, HttpStatusCode? status = null) =>
        ScmException.From(new()
        {
            Message = $"A sample of {reason}.",
            Reason = reason,
            Origin = ErrorOrigin.GitHub,
            CredentialOwner = owner,
            Status = status,
        });
}
