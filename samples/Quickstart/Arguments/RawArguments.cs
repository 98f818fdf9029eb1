using System.Globalization;

namespace Quickstart.Arguments;

/// <summary>The arguments taken apart into operands and options, before anybody asks what they mean.</summary>
internal sealed class RawArguments
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    private readonly List<string> _operands = [];

    public RawArguments(IReadOnlyList<string> arguments)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            if (!arguments[index].StartsWith('-'))
            {
                _operands.Add(arguments[index]);
                continue;
            }

            var (name, value) = Split(arguments[index]);
            var option = OptionTable.Find(name);
            if (option.Value is null)
            {
                Add(option, value is null ? "" : throw new UsageException($"{name} takes no value."));
            }
            else
            {
                // A forgotten value must not swallow the next option; a value that starts with dashes goes after '='.
                value ??= index + 1 < arguments.Count && !arguments[index + 1].StartsWith("--", StringComparison.Ordinal) ? arguments[++index] : null;
                Add(option, string.IsNullOrEmpty(value) ? throw new UsageException($"{name} needs a value: {name} {option.Value}.") : value);
            }
        }
    }

    /// <summary>What is not an option, in order.</summary>
    public IReadOnlyList<string> Operands => _operands;

    /// <summary>The names of the options that were given.</summary>
    public IEnumerable<string> Names => _values.Keys;

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Find(string name) => FindAll(name) is [var value, ..] ? value : null;

    /// <summary>Every value of an option that may be repeated, in order.</summary>
    public IReadOnlyList<string> FindAll(string name) => _values.GetValueOrDefault(name) ?? [];

    /// <summary>The value as a number within bounds; <see langword="null"/> when the option was not given.</summary>
    public long? FindNumber(string name, long least, long most)
    {
        if (Find(name) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException(most == long.MaxValue
                ? $"{name} is '{text}'; it is a number, {least} or above."
                : $"{name} is '{text}'; it is a number from {least} to {most}.");
    }

    private void Add(Option option, string value)
    {
        if (_values.TryAdd(option.Name, [value]) || option.Value is null)
        {
            return;
        }

        if (!option.IsRepeatable)
        {
            throw new UsageException($"{option.Name} is given twice.");
        }

        _values[option.Name].Add(value);
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }
}
