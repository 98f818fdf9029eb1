namespace ScmIntegrations.Testing;

/// <content>Cursor's errors.</content>
public static partial class Answers
{
    /// <summary>An error of Cursor's in the shape of its specification: an object with code and message.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The code, for example <c>agent_busy</c>.</param>
    /// <param name="message">The message.</param>
    /// <returns>The answer.</returns>
    public static Answer CursorError(int status, string code, string message) =>
        new JsonAnswer(status, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("code", code);
            json.WriteString("message", message);
            json.WriteEndObject();
            json.WriteEndObject();
        });

    /// <summary>An error of Cursor's in the shape of its overview page and of the legacy API: a text, and a message beside it.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="error">The text, for example <c>Too Many Requests</c>.</param>
    /// <param name="message">The message.</param>
    /// <returns>The answer.</returns>
    public static Answer CursorLegacyError(int status, string error, string message) =>
        new JsonAnswer(status, json =>
        {
            json.WriteStartObject();
            json.WriteString("error", error);
            json.WriteString("message", message);
            json.WriteEndObject();
        });
}
