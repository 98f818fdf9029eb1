using ScmIntegrations.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>One option of a table: where it stands, how a text of configuration becomes its value, and what is wrong with a value.</summary>
internal abstract class OptionRow<TOptions>(string path, string meaning)
{
    private const int MostShown = 100;

    /// <summary>Where it stands in the options, for example <c>Resilience.Deadline</c>.</summary>
    public string Path => path;

    /// <summary>Where it stands in a section, for example <c>Resilience:Deadline</c>.</summary>
    public string Key { get; } = path.Replace('.', ':');

    /// <summary>What it is for, in one line.</summary>
    public string Meaning => meaning;

    /// <summary>Which values are good.</summary>
    public abstract string Limits { get; }

    /// <summary>Whether its section holds further keys instead of one value.</summary>
    public virtual bool IsList => false;

    /// <summary>What it is unless it is set, as configuration has it.</summary>
    public abstract string? Default(TOptions untouched);

    /// <summary>The value, to tell whether it is still the one that was read.</summary>
    public abstract object? ValueOf(TOptions options);

    /// <summary>Reads it from its section, and says what cannot be read.</summary>
    public abstract IEnumerable<string> Read(TOptions options, Configuration.IConfigurationSection section);

    /// <summary>What is wrong with the value; <see langword="null"/> when nothing is.</summary>
    /// <param name="options">The options.</param>
    /// <param name="name">What to call the option.</param>
    public abstract string? Check(TOptions options, string name);

    /// <summary>The same row for options that hold these.</summary>
    public abstract OptionRow<TOuter> Within<TOuter>(string outer, Func<TOuter, TOptions> part);

    /// <summary>A text that somebody has set, as it can be shown.</summary>
    protected static string Show(string text) => Redaction.Clean(text.Length > MostShown ? text[..MostShown] + "…" : text);
}

/// <summary>An option of one value.</summary>
internal sealed class OptionRow<TOptions, T>(string path, OptionKind<T> kind, Func<TOptions, T> get, Action<TOptions, T> set, string meaning)
    : OptionRow<TOptions>(path, meaning)
{
    public override string Limits => kind.Limits;

    public override string? Default(TOptions untouched) => kind.Print(get(untouched));

    public override object? ValueOf(TOptions options) => get(options);

    public override string? Check(TOptions options, string name) => kind.Check(get(options), name);

    public override OptionRow<TOuter> Within<TOuter>(string outer, Func<TOuter, TOptions> part) => new OptionRow<TOuter, T>(
        $"{outer}.{Path}", kind, options => get(part(options)), (options, value) => set(part(options), value), Meaning);

    public override IEnumerable<string> Read(TOptions options, Configuration.IConfigurationSection section)
    {
        var text = section.Value!;
        if (string.IsNullOrWhiteSpace(text))
        {
            return [$"{section.Path} is empty; it is {kind.Form} {kind.Limits}".TrimEnd() + "."];
        }

        if (!kind.Read(text, out var value))
        {
            var shown = kind.IsSecret ? "cannot be read" : $"is '{Show(text)}'";
            return [$"{section.Path} {shown}; it is {kind.Form} {kind.Limits}".TrimEnd() + "."];
        }

        set(options, value);
        return [];
    }
}
