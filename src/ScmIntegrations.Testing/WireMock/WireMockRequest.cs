using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>The <c>request</c> of a mapping: which requests it is about.</summary>
internal static class WireMockRequest
{
    public static FaultCondition Read(MappingReader pattern)
    {
        var condition = ReadAddress(pattern);
        foreach (var (name, value) in pattern.Members("queryParameters"))
        {
            var matcher = ValueMatcher.Read(pattern.Below($"queryParameters.{name}", value));
            condition = condition.And($"with ?{name}", request => matcher.MatchesAny(request.QueryValues(name)));
        }

        foreach (var (name, value) in pattern.Members("headers"))
        {
            var matcher = ValueMatcher.Read(pattern.Below($"headers.{name}", value));
            condition = condition.And($"with header {name}", request => matcher.MatchesAny(request.Headers.TryGetValue(name, out var sent) ? [sent] : []));
        }

        if (pattern.Find("bodyPatterns") is { } bodies)
        {
            condition = ReadBody(pattern, bodies, condition);
        }

        pattern.End();
        return condition;
    }

    private static FaultCondition ReadBody(MappingReader pattern, JsonElement bodies, FaultCondition condition)
    {
        if (bodies.ValueKind is not JsonValueKind.Array)
        {
            throw pattern.Wrong("bodyPatterns", "an array was due");
        }

        foreach (var (index, body) in bodies.EnumerateArray().Index())
        {
            var matcher = ValueMatcher.Read(pattern.Below($"bodyPatterns[{index}]", body), isBody: true);
            condition = condition.And("with a body", request => matcher.MatchesAny(request.Body.Length > 0 ? [request.Body] : []));
        }

        return condition;
    }

    private static HttpMethod? ReadMethod(MappingReader pattern) => pattern.Text("method") switch
    {
        null => null,
        var any when any.Equals("ANY", StringComparison.OrdinalIgnoreCase) => null,
        var name when HeaderText.IsName(name) => new HttpMethod(name.ToUpperInvariant()),
        var name => throw pattern.Wrong("method", $"'{name}' is no method"),
    };

    private static FaultCondition ReadAddress(MappingReader pattern)
    {
        var method = ReadMethod(pattern);
        var given = ((string[])["url", "urlPath", "urlPattern", "urlPathPattern", "urlPathTemplate"])
            .Select(form => (Form: form, Value: pattern.Text(form)))
            .Where(each => each.Value is not null)
            .ToArray();
        if (given.Length > 1)
        {
            throw pattern.Wrong(given[1].Form, $"'{given[0].Form}' is given too, and only one of them counts");
        }

        var (written, value) = given.Length == 0 ? ("url", "any address") : (given[0].Form, given[0].Value!);
        var matches = given.Length == 0 ? static _ => true : Address(pattern, written, value);
        return new(
            $"{method?.Method ?? "ANY"} {value}",
            request => (method is null || request.Method == method) && matches(request),
            written is "urlPath" or "urlPathTemplate" && !value.Contains('?', StringComparison.Ordinal) && value.StartsWith('/') ? new KnownRoute(method, PathTemplate.Parse(value), IsScripted: true) : null);
    }

    private static Func<RecordedRequest, bool> Address(MappingReader pattern, string form, string value)
    {
        switch (form)
        {
            case "url":
                return request => string.Equals(request.Path + request.Query, value, StringComparison.Ordinal);
            case "urlPath":
                return request => string.Equals(request.Path, value, StringComparison.Ordinal);
            case "urlPathTemplate":
                var template = value.Contains('?', StringComparison.Ordinal) || value.Length == 0 ? throw pattern.Wrong(form, "a path without a query was due") : PathTemplate.Parse(value);
                return request => template.TryMatch(request.Path, out _);
            default:
                var expression = WholeExpression.Parse(pattern, form, value);
                return form is "urlPattern" ? request => expression.IsMatch(request.Path + request.Query) : request => expression.IsMatch(request.Path);
        }
    }
}
