using ScmIntegrations.Errors;
using ScmIntegrations.Http;

namespace ScmIntegrations.CodingAgents.Launching;

/// <summary>What an exception says, fit to be shown to a user.</summary>
internal static class SafeText
{
    private const string LookFirst = "Whether an agent was started is not known: send the batch again with its key to find out.";

    /// <summary>The message, cleaned of secrets; an error of this library's with its advice, which where its end is unknown is to look first.</summary>
    public static string Of(Exception exception) => exception is ScmException { Error: var error }
        ? $"{Sentence(error.Message)} {(error.IsFateUnknown ? LookFirst : error.Advice)}"
        : WithoutAdvice(exception);

    /// <summary>The message alone.</summary>
    public static string WithoutAdvice(Exception exception) => exception is ScmException { Error.Message: var message } ? message : Redaction.Clean(exception.Message);

    private static string Sentence(string text) => text is [.., '.' or '!' or '?'] ? text : text + ".";
}
