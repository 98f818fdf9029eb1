using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Reads a section of configuration into options, row by row. What it does not know or cannot read is noted, and the rest is read all the same.</summary>
internal sealed class SectionReader<TOptions>(OptionTable<TOptions> table, TOptions options, OptionSource<TOptions> source)
    where TOptions : class, new()
{
    public void Read(IConfiguration section)
    {
        var path = (section as IConfigurationSection)?.Path ?? "";
        source.AddSection(path);
        if (!section.GetChildren().Any())
        {
            var examples = string.Join(", ", table.Rows.Take(3).Select(row => row.Key));
            source.Fail($"{(path.Length == 0 ? "the configuration" : $"the section {path}")} is absent or empty; it holds keys such as {examples}.");
        }

        Walk(section, "");
    }

    private void Walk(IConfiguration section, string above)
    {
        foreach (var child in section.GetChildren())
        {
            var key = above + child.Key;
            if (table.Find(key) is { } row)
            {
                Read(row, child);
            }
            else if (!table.Below(key).Any())
            {
                source.Fail($"{child.Path} is not known; the nearest that is known is {child.Path[..^key.Length]}{table.Nearest(key)}.");
            }
            else if (child.Value is { Length: > 0 })
            {
                source.Fail($"{child.Path} is one value; it holds keys of its own, such as {table.Below(key).First().Key}.");
            }
            else
            {
                Walk(child, key + ":");
            }
        }
    }

    private void Read(OptionRow<TOptions> row, IConfigurationSection child)
    {
        var holdsKeys = child.GetChildren().Any();
        if (holdsKeys != row.IsList && (holdsKeys || child.Value is { Length: > 0 }))
        {
            source.Fail(row.IsList ? $"{child.Path} is one value; it is {row.Limits}." : $"{child.Path} holds keys of its own; it is one value.");
        }
        else if (holdsKeys || child.Value is not null)
        {
            var failures = row.Read(options, child).ToList();
            failures.ForEach(source.Fail);
            source.Note(row, options, child.Path);
        }
    }
}
