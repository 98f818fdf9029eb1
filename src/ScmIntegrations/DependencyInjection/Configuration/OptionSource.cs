using System.Runtime.CompilerServices;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Where the values of some options came from, and what could not be read on the way.</summary>
internal sealed class OptionSource<TOptions>
{
    private readonly Dictionary<string, (string Path, object? Value)> _read = new(StringComparer.Ordinal);
    private readonly List<string> _sections = [];
    private readonly List<string> _failures = [];

    /// <summary>The paths of the sections that were read, each once.</summary>
    public IReadOnlyList<string> Sections => _sections;

    public IReadOnlyList<string> Failures => _failures;

    public void AddSection(string path)
    {
        if (!_sections.Contains(path, StringComparer.OrdinalIgnoreCase))
        {
            _sections.Add(path);
        }
    }

    public void Fail(string failure) => _failures.Add(failure);

    /// <summary>Notes what a section has set.</summary>
    public void Note(OptionRow<TOptions> row, TOptions options, string path) => _read[row.Path] = (path, row.ValueOf(options));

    /// <summary>Whether a section has set the option, whatever came afterwards.</summary>
    public bool Has(string path) => _read.ContainsKey(path);

    /// <summary>
    /// What to call an option: its path in configuration while it has the value from there; every place where it could stand while nobody
    /// has set it; else its path in the options.
    /// </summary>
    public string NameOf(OptionRow<TOptions> row, TOptions options, TOptions untouched) =>
        Equals(_read.TryGetValue(row.Path, out var read) ? read.Value : row.ValueOf(untouched), row.ValueOf(options)) ? NameOf(row.Path) : row.Path;

    /// <summary>What to call an option that a section has set; for one that none has, every place where it could stand.</summary>
    public string NameOf(string path) =>
        _read.TryGetValue(path, out var read) ? read.Path
        : _sections.Count == 0 ? path
        : string.Join(" or ", _sections.Select(section => section.Length == 0 ? path.Replace('.', ':') : $"{section}:{path.Replace('.', ':')}"));
}

/// <summary>The sources of options, as long as somebody holds these.</summary>
internal sealed class OptionSources<TOptions>
    where TOptions : class
{
    private readonly ConditionalWeakTable<TOptions, OptionSource<TOptions>> _sources = [];

    public OptionSource<TOptions> Of(TOptions options) => _sources.GetValue(options, static _ => new());
}
