namespace ScmIntegrations.Http;

/// <summary>Reads headers as servers send them: by name, the first value, blanks as absent.</summary>
internal static class ResponseHeaders
{
    public static string? FirstHeader(this HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values)
        && values.FirstOrDefault() is { } value && !string.IsNullOrWhiteSpace(value)
            ? value.Trim()
            : null;
}
