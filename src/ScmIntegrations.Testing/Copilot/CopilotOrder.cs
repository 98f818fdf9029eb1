using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>What a request to start a task asks for.</summary>
internal sealed record CopilotOrder(string Prompt)
{
    public string? BaseRef { get; private init; }

    public string? HeadRef { get; private init; }

    public string? Model { get; private init; }

    public string? CustomAgent { get; private init; }

    public bool CreatePullRequest { get; private init; }

    /// <summary>Reads a body of either generation; what it does not know is ignored, as GitHub does.</summary>
    public static (CopilotOrder? Order, Answer? Refusal) Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind is not JsonValueKind.Object)
            {
                return (null, Answers.GitHubError(400, "Body should be a JSON object"));
            }

            var older = Text(root, "problem_statement");
            if (string.IsNullOrWhiteSpace(Text(root, "prompt") ?? older))
            {
                return (null, Answers.GitHubError(422, "Invalid request.\n\n\"prompt\" wasn't supplied.", CopilotRoutes.Documentation));
            }

            return (new(Text(root, "prompt") ?? older!)
            {
                BaseRef = Text(root, "base_ref"),
                HeadRef = Text(root, "head_ref"),
                Model = Text(root, "model"),
                CustomAgent = Text(root, "custom_agent"),

                // The older API opened one unless told otherwise; the documented one does not.
                CreatePullRequest = root.TryGetProperty("create_pull_request", out var wants) ? wants.ValueKind is JsonValueKind.True : older is not null,
            }, null);
        }
        catch (JsonException)
        {
            return (null, Answers.GitHubError(400, "Problems parsing JSON"));
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
