namespace InventoryService;

/// <summary>What an organisation's repositories hold.</summary>
public sealed class Inventory
{
    private readonly Dictionary<string, int> _files = new(StringComparer.Ordinal);
    private readonly List<string> _empty = [];
    private readonly List<Refusal> _refused = [];

    /// <summary>Files by language.</summary>
    public IReadOnlyDictionary<string, int> Files => _files;

    /// <summary>Repositories without a commit.</summary>
    public IReadOnlyList<string> Empty => _empty;

    /// <summary>Repositories that could not be read, and what to tell whoever can change that.</summary>
    public IReadOnlyList<Refusal> Refused => _refused;

    /// <summary>When to go on, because a limit holds; <see langword="null"/> when every repository was looked at.</summary>
    public DateTimeOffset? ContinueAt { get; internal set; }

    internal void Count(string language) => _files[language] = _files.GetValueOrDefault(language) + 1;

    internal void AddEmpty(string repository) => _empty.Add(repository);

    internal void Add(Refusal refusal) => _refused.Add(refusal);
}

/// <summary>A repository that could not be read.</summary>
/// <param name="Repository">Owner and name.</param>
/// <param name="Why">What is wrong, for people.</param>
/// <param name="FixUrl">Where to put it right, when that is known.</param>
public sealed record Refusal(string Repository, string Why, Uri? FixUrl);
