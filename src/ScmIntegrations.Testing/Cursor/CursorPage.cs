using System.Globalization;
using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>One page of a list, and the cursor that leads to the next; none, not even <c>null</c>, at the end.</summary>
internal static class CursorPage
{
    // Cursor's default: cursor.com/docs/cloud-agent/api/endpoints
    private const int DefaultSize = 20;

    public static Answer Of<T>(CursorCall call, IReadOnlyList<T> items, Func<T, string> id, string name, Action<Utf8JsonWriter, T> write)
    {
        var size = int.TryParse(call.Query("limit"), NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : DefaultSize;
        if (size is < 1 or > 100)
        {
            return Answers.CursorError(400, "validation_error", "limit must be from 1 to 100.");
        }

        var from = call.Query("cursor") is { } cursor ? items.Index().FirstOrDefault(item => id(item.Item).Equals(cursor, StringComparison.Ordinal), (-1, default!)).Index : 0;
        if (from < 0)
        {
            return Answers.CursorError(400, "validation_error", "The cursor is unknown.");
        }

        size = Math.Min(size, call.Options.PageSizeCap);
        return new JsonAnswer(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray(name);
            foreach (var item in items.Skip(from).Take(size))
            {
                write(json, item);
            }

            json.WriteEndArray();
            if (items.Count > from + size)
            {
                json.WriteString("nextCursor", id(items[from + size]));
            }

            json.WriteEndObject();
        });
    }
}
