using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>WireMock's <c>equalToJson</c>: the same values, whatever the order of properties and the way they are written.</summary>
internal static class JsonComparison
{
    private const string Name = "equalToJson";

    public static Func<string, bool>? Read(MappingReader pattern)
    {
        var (anyOrder, moreAllowed) = (pattern.Flag("ignoreArrayOrder") ?? false, pattern.Flag("ignoreExtraElements") ?? false);
        if (pattern.Find(Name) is not { } given)
        {
            return null;
        }

        var due = given.ValueKind is JsonValueKind.String
            ? Parse(given.GetString()!) ?? throw pattern.Wrong(Name, "the text is not JSON")
            : given.Clone();
        if (due.GetRawText().Contains("${json-unit", StringComparison.Ordinal))
        {
            throw pattern.Wrong(Name, "placeholders are not served");
        }

        return body => Parse(body) is { } sent && AreSame(due, sent, anyOrder, moreAllowed);
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool AreSame(JsonElement due, JsonElement sent, bool anyOrder, bool moreAllowed) => (due.ValueKind, sent.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) =>
            due.EnumerateObject().All(member => sent.TryGetProperty(member.Name, out var value) && AreSame(member.Value, value, anyOrder, moreAllowed))
            && (moreAllowed || sent.EnumerateObject().All(member => due.TryGetProperty(member.Name, out _))),
        (JsonValueKind.Array, JsonValueKind.Array) => AreSameLists([.. due.EnumerateArray()], [.. sent.EnumerateArray()], anyOrder, moreAllowed),
        _ => JsonElement.DeepEquals(due, sent),
    };

    private static bool AreSameLists(JsonElement[] due, List<JsonElement> sent, bool anyOrder, bool moreAllowed)
    {
        if (moreAllowed ? sent.Count < due.Length : sent.Count != due.Length)
        {
            return false;
        }

        if (!anyOrder)
        {
            return due.Index().All(each => AreSame(each.Item, sent[each.Index], anyOrder, moreAllowed));
        }

        foreach (var item in due)
        {
            var index = sent.FindIndex(other => AreSame(item, other, anyOrder, moreAllowed));
            if (index < 0)
            {
                return false;
            }

            sent.RemoveAt(index);
        }

        return true;
    }
}
