namespace ScmIntegrations.Testing;

/// <content>Conditions beyond method and path. All of them have to hold.</content>
public sealed partial class FaultBuilder
{
    /// <summary>Only requests with a parameter in the query.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value, unescaped; <see langword="null"/> for any.</param>
    /// <returns>This rule.</returns>
    public FaultBuilder WithQuery(string name, string? value = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return And($"with ?{name}={value ?? "…"}", request => request.QueryValues(name) is { Length: > 0 } values && (value is null || values.Contains(value, StringComparer.Ordinal)));
    }

    /// <summary>Only requests without a parameter in the query.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>This rule.</returns>
    public FaultBuilder WithoutQuery(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return And($"without ?{name}", request => request.QueryValues(name).Length == 0);
    }

    /// <summary>Only requests with a header.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <param name="value">Its whole value; <see langword="null"/> for any.</param>
    /// <returns>This rule.</returns>
    public FaultBuilder WithHeader(string name, string? value = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return And($"with header {name}", request => request.Headers.TryGetValue(name, out var sent) && (value is null || string.Equals(sent, value, StringComparison.Ordinal)));
    }

    /// <summary>Only requests without a header.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <returns>This rule.</returns>
    public FaultBuilder WithoutHeader(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return And($"without header {name}", request => !request.Headers.ContainsKey(name));
    }

    /// <summary>Only requests whose body holds a text.</summary>
    /// <param name="text">The text, in the same case.</param>
    /// <returns>This rule.</returns>
    public FaultBuilder WithBodyContaining(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return And($"with '{text}' in the body", request => request.Body.Contains(text, StringComparison.Ordinal));
    }

    private FaultBuilder And(string text, Func<RecordedRequest, bool> matches)
    {
        _condition = _condition.And(text, matches);
        return this;
    }
}
