using ScmIntegrations.Errors;
using ScmIntegrations.Http;

namespace ScmIntegrations.CodingAgents.Launching;

/// <summary>What an exception says, fit to be shown to a user.</summary>
internal static class SafeText
{
    /// <summary>The message, cleaned of secrets; an error of this library's with its advice.</summary>
    public static string Of(Exception exception) => exception is ScmException { Error.Advice: var advice } ? $"{WithoutAdvice(exception)} {advice}" : WithoutAdvice(exception);

    /// <summary>The message alone.</summary>
    public static string WithoutAdvice(Exception exception) => exception is ScmException { Error.Message: var message } ? message : Redaction.Clean(exception.Message);
}
