using System.Text;
using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>The <c>response</c> of a mapping: what is answered.</summary>
internal static class WireMockResponse
{
    // They say how the recorded bytes travelled; these travel in their own way.
    private static readonly HashSet<string> OfTheWay = new(StringComparer.OrdinalIgnoreCase) { "Connection", "Content-Length", "Keep-Alive", "Transfer-Encoding" };

    public static Answer Read(MappingReader response, WireMockBodies bodies)
    {
        var status = response.Number("status") ?? 200;
        if (status is < 200 or > 599)
        {
            throw response.Wrong("status", $"{status} is no status of an answer");
        }

        var headers = ReadHeaders(response);
        var body = ReadBody(response, bodies);
        var (delay, fault) = (response.Number("fixedDelayMilliseconds"), response.Text("fault"));
        if (delay is < 0)
        {
            throw response.Wrong("fixedDelayMilliseconds", $"{delay} is no delay");
        }

        if (response.Find("transformers") is { } transformers && (transformers.ValueKind is not JsonValueKind.Array || transformers.GetArrayLength() > 0))
        {
            throw response.Wrong("transformers", "templates are not served");
        }

        response.End();
        if (headers.Any(header => header.Name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase) && header.Values.Contains("gzip", StringComparer.OrdinalIgnoreCase)) && !body.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            throw response.Wrong("headers.Content-Encoding", "it says gzip, and the body is not: take the header away, or give the packed bytes");
        }

        Answer answer = fault is null ? new WireMockAnswer(status, headers, body) : Fault(response, fault, status);
        return delay is { } milliseconds and > 0 ? answer.After(TimeSpan.FromMilliseconds(milliseconds)) : answer;
    }

    private static Answer Fault(MappingReader response, string fault, int status) => fault switch
    {
        // To a client all three are a connection that broke before the answer.
        "CONNECTION_RESET_BY_PEER" or "EMPTY_RESPONSE" or "RANDOM_DATA_THEN_CLOSE" => Answers.Reset(),
        "MALFORMED_RESPONSE_CHUNK" => Answers.Text(status, "{ half of a body").ResetAfter(8),
        _ => throw response.Wrong("fault", $"'{fault}' is not served; EMPTY_RESPONSE, CONNECTION_RESET_BY_PEER, MALFORMED_RESPONSE_CHUNK and RANDOM_DATA_THEN_CLOSE are"),
    };

    private static List<(string Name, string[] Values)> ReadHeaders(MappingReader response)
    {
        var headers = new List<(string Name, string[] Values)>();
        foreach (var (name, value) in response.Members("headers"))
        {
            JsonElement[] values = value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
            if (Array.Exists(values, each => each.ValueKind is not JsonValueKind.String))
            {
                throw response.Wrong($"headers.{name}", "a string was due, or an array of them");
            }

            if (!HeaderText.IsName(name) || !Array.TrueForAll(values, each => HeaderText.IsValue(each.GetString()!)))
            {
                throw response.Wrong($"headers.{name}", "it cannot stand in a header");
            }

            if (!OfTheWay.Contains(name))
            {
                headers.Add((name, [.. values.Select(each => each.GetString()!)]));
            }
        }

        return headers;
    }

    private static byte[] ReadBody(MappingReader response, WireMockBodies bodies)
    {
        var (text, json, packed, file) = (response.Text("body"), response.Find("jsonBody"), response.Text("base64Body"), response.Text("bodyFileName"));
        var given = ((string?[])[text is null ? null : "body", json is null ? null : "jsonBody", packed is null ? null : "base64Body", file is null ? null : "bodyFileName"]).OfType<string>().ToArray();
        if (given.Length > 1)
        {
            throw response.Wrong(given[1], $"'{given[0]}' is given too, and there is one body");
        }

        return json is { } value ? Encoding.UTF8.GetBytes(value.GetRawText())
            : packed is not null ? Unpack(response, packed)
            : file is not null ? bodies.Read(response, "bodyFileName", file)
            : Encoding.UTF8.GetBytes(text ?? "");
    }

    private static byte[] Unpack(MappingReader response, string packed)
    {
        try
        {
            return Convert.FromBase64String(packed);
        }
        catch (FormatException exception)
        {
            throw response.Wrong("base64Body", "it is not Base64", exception);
        }
    }
}
