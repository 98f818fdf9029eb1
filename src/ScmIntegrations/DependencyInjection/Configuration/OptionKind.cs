namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What the value of an option is: how it is written in configuration, and which values are good.</summary>
/// <param name="Form">What a text of it is, for example <c>a whole number</c>.</param>
/// <param name="Limits">Which values are good, as a sentence goes on behind "it is".</param>
/// <param name="Read">Reads a text, which is not blank; false when it is none of this form.</param>
/// <param name="Check">What is wrong with a value, which the second argument names; <see langword="null"/> when nothing is.</param>
/// <param name="Print">Writes a value as configuration has it; <see langword="null"/> for one that is not set.</param>
internal sealed record OptionKind<T>(
    string Form,
    string Limits,
    OptionReader<T> Read,
    Func<T, string, string?> Check,
    Func<T, string?> Print)
{
    /// <summary>Whether a value must never be shown.</summary>
    public bool IsSecret { get; init; }
}

/// <summary>Reads a text of configuration.</summary>
internal delegate bool OptionReader<T>(string text, out T value);
