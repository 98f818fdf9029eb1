namespace ScmIntegrations.GitHub.Transport;

/// <summary>Thrown by a reader when the body of a success says that it is none. Never leaves the line.</summary>
/// <param name="answer">The answer as the error that it is, to be classified like any other.</param>
/// <param name="message">What it said.</param>
internal sealed class AnswerIsErrorException(ResponseSnapshot answer, string message) : Exception(message)
{
    public ResponseSnapshot Answer => answer;
}
