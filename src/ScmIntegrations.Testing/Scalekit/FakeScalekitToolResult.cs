using System.Globalization;
using System.Text.Json.Nodes;

namespace ScmIntegrations.Testing;

/// <summary>What a tool of a <see cref="FakeScalekit"/> came to: data, or a provider's error that the gateway relays.</summary>
public sealed class FakeScalekitToolResult
{
    private readonly Func<string, FakeScalekitOptions, Answer> _answer;

    private FakeScalekitToolResult(Func<string, FakeScalekitOptions, Answer> answer) => _answer = answer;

    /// <summary>The tool succeeded.</summary>
    /// <param name="data">What it gave, a JSON object.</param>
    /// <returns>The result.</returns>
    public static FakeScalekitToolResult Succeeded(string data = "{}") => new((executionId, options) => new JsonAnswer(200, json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("data");
        json.WriteRawValue(data);
        json.WriteString(options.WritesCamelCase ? "executionId" : "execution_id", executionId);
        json.WriteEndObject();
    }));

    /// <summary>The provider refused or failed, and the gateway relays it.</summary>
    /// <param name="status">The gateway's status.</param>
    /// <param name="code">The provider's code; <see langword="null"/> for none.</param>
    /// <param name="message">The provider's words.</param>
    /// <returns>The result.</returns>
    public static FakeScalekitToolResult Failed(int status, string? code = "PROVIDER_ERROR", string message = "The provider says no.") =>
        new((executionId, _) => Answers.ScalekitToolError(status, message, code, executionId));

    /// <summary>GitHub refused or failed, as the gateway relays it: always 400, and GitHub's own status inside the message.</summary>
    /// <param name="gitHubStatus">GitHub's status.</param>
    /// <param name="message">GitHub's words.</param>
    /// <returns>The result.</returns>
    public static FakeScalekitToolResult FailedAtGitHub(int gitHubStatus, string message) =>
        Failed(400, "INTERNAL_ERROR", new JsonObject { ["message"] = message, ["status"] = gitHubStatus.ToString(CultureInfo.InvariantCulture) }.ToJsonString());

    internal Answer ToAnswer(string executionId, FakeScalekitOptions options) => _answer(executionId, options);
}
