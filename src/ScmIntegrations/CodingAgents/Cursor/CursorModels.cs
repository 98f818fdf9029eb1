using System.Text.Json;
using ScmIntegrations.Errors;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>Another model in the place of one that Cursor does not have.</summary>
internal static class CursorModels
{
    private const string Gpt = "gpt";
    private static readonly string[] Lists = ["items", "models"];
    private static readonly string[] Ids = ["id", "name"];
    private static readonly string[] Marks = ["Model '", "Model \"", "Model \u2018", "Model \u201C", "Model `"];

    /// <summary>
    /// Whether a refusal is about the model alone, so that another one can help. Not of a credential, a right or a limit, whatever their words;
    /// and not of a default branch, which reads like a matter of names too.
    /// </summary>
    public static bool IsRefusal(ScmException error) =>
        (int?)error.Status is >= 400 and < 500 and not (401 or 403 or 429)
        && error.Reason is ErrorReason.ValidationFailed or ErrorReason.NotFound or ErrorReason.Conflict or ErrorReason.Gone or ErrorReason.Unknown
        && !error.Message.Contains("default branch", StringComparison.OrdinalIgnoreCase)
        && Marks.Any(mark => error.Message.Contains(mark, StringComparison.OrdinalIgnoreCase));

    /// <summary>The ids in a list of models: <c>{"items": […]}</c>, <c>{"models": […]}</c> or a bare array, each a text, or an object with an id or a name.</summary>
    public static IReadOnlyList<string> Read(JsonElement answer) =>
        Lists.Select(name => Member(answer, name)).Prepend(answer).FirstOrDefault(list => list.ValueKind is JsonValueKind.Array) is { ValueKind: JsonValueKind.Array } models
            ? [.. models.EnumerateArray().Select(model => Text(model) ?? Ids.Select(name => Text(Member(model, name))).FirstOrDefault(id => id is not null)).OfType<string>()]
            : [];

    /// <summary>The next best: of the same family, then a gpt, then any; <see langword="null"/> when there is no other.</summary>
    /// <param name="models">Those that can be asked for.</param>
    /// <param name="refused">The one that was refused; <see langword="null"/> for the configured default.</param>
    public static string? Choose(IReadOnlyList<string> models, string? refused) =>
        models
            .Where(model => !string.IsNullOrWhiteSpace(model) && !model.Equals(refused, StringComparison.OrdinalIgnoreCase))
            .OrderBy(model => Rank(model, refused))
            .FirstOrDefault();

    private static int Rank(string model, string? refused) =>
        refused is not null && FamilyOf(model).Equals(FamilyOf(refused), StringComparison.OrdinalIgnoreCase) ? 0
        : FamilyOf(model).Equals(Gpt, StringComparison.OrdinalIgnoreCase) ? 1
        : 2;

    /// <summary>The letters that a model's id begins with: <c>claude</c> of <c>claude-4.6-sonnet</c>.</summary>
    private static string FamilyOf(string model) => new([.. model.TakeWhile(char.IsLetter)]);

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement element)
    {
        try
        {
            return element.ValueKind is JsonValueKind.String && element.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Sound JSON whose text is none, such as half a surrogate pair.
            return null;
        }
    }
}
