using System.Text.Json;
using System.Text.RegularExpressions;

namespace ScmIntegrations.Testing;

/// <summary>What both generations refuse of a launch, in the same order.</summary>
internal static partial class CursorLaunch
{
    /// <summary>The refusal; <see langword="null"/> for a launch that is good.</summary>
    public static Answer? Refuse(CursorCall call, string? prompt, string? repositoryUrl, string? model) =>
        string.IsNullOrWhiteSpace(prompt) ? Answers.CursorError(400, "validation_error", "prompt.text: Required")
        : repositoryUrl is null || !GitHubRepository().IsMatch(repositoryUrl) ? Answers.CursorError(400, "validation_error", "Invalid repository URL")
        : call.State.HiddenRepositories.ContainsKey(new Uri(repositoryUrl).AbsolutePath.Trim('/'))
            ? Answers.CursorError(400, "validation_error", "Failed to verify existence of branch 'main' in repository. Please ensure the branch name is correct.")
        : model is not null && !call.Options.Models.Contains(model, StringComparer.Ordinal)
            ? Answers.CursorError(400, "validation_error", $"Model '{model}' is not available. See the list of models for those that are.")
        : null;

    /// <summary>A member that is a text.</summary>
    public static string? Text(JsonElement? element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            element = element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var child) ? child : null;
        }

        return element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
    }

    /// <summary>Whether a member is <c>true</c>.</summary>
    public static bool IsTrue(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

    /// <summary>A member, whatever it is.</summary>
    public static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var value) ? value : null;

    [GeneratedRegex(@"^https://github\.com/[A-Za-z0-9_.\-]+/[A-Za-z0-9_.\-]+/?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GitHubRepository();
}
