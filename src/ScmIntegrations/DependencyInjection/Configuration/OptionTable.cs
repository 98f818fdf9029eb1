namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// The options of one class as data. The same rows bind a section of configuration, say what is wrong with values, and print as
/// <c>docs/configuration.md</c>.
/// </summary>
/// <param name="subject">What has the options, for a message: made of the name it is registered under.</param>
/// <param name="rows">The options.</param>
internal sealed class OptionTable<TOptions>(Func<string?, string> subject, IReadOnlyList<OptionRow<TOptions>> rows)
    where TOptions : class, new()
{
    private readonly Dictionary<string, OptionRow<TOptions>> _byKey = rows.ToDictionary(row => row.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>The options, in the order of the page.</summary>
    public IReadOnlyList<OptionRow<TOptions>> Rows => rows;

    /// <summary>What is wrong with several options together; the second argument knows what to call them.</summary>
    public Func<TOptions, OptionSource<TOptions>, IEnumerable<string?>> Rules { get; init; } = static (_, _) => [];

    /// <summary>What has the options.</summary>
    public string Describe(string? name) => subject(name);

    /// <summary>The option of a key.</summary>
    public OptionRow<TOptions>? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>The options whose keys begin with a key.</summary>
    public IEnumerable<OptionRow<TOptions>> Below(string key) => rows.Where(row => row.Key.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase));

    /// <summary>The key that was most likely meant by one that is none.</summary>
    public string Nearest(string key) => rows.MinBy(row => KeyDistance.Between(key, row.Key))!.Key;

    /// <summary>All that is wrong, each in a sentence.</summary>
    public IEnumerable<string> Failures(TOptions options, OptionSource<TOptions> source)
    {
        var untouched = new TOptions();
        return source.Failures
            .Concat(rows.Select(row => row.Check(options, source.NameOf(row, options, untouched))).OfType<string>())
            .Concat(Rules(options, source).OfType<string>())
            .Distinct(StringComparer.Ordinal);
    }
}
