using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ScmIntegrations.GitHub.Transport;

/// <summary>The one fact that most interactions are logged with, for a tenth of what a dictionary takes.</summary>
internal sealed class RepositoryFact(RepositoryRef repository) : IReadOnlyDictionary<string, object?>
{
    private const string Key = "repository";

    public int Count => 1;

    public IEnumerable<string> Keys => [Key];

    public IEnumerable<object?> Values => [repository.FullName];

    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no fact '{key}'.");

    public bool ContainsKey(string key) => key.Equals(Key, StringComparison.Ordinal);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        value = ContainsKey(key) ? repository.FullName : null;
        return value is not null;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return new(Key, repository.FullName);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
