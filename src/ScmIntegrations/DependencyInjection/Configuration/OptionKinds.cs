using System.Globalization;
using System.Numerics;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The kinds of values that options have. What they say does not depend on the machine's culture.</summary>
internal static class OptionKinds
{
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>How long one request may take.</summary>
    public static OptionKind<TimeSpan> Timeout { get; } = Duration(Instant, Hour);

    public static OptionKind<bool> Flag { get; } = new("one of", "true, false", bool.TryParse, static (_, _) => null, static value => value ? "true" : "false");

    public static OptionKind<bool?> OptionalFlag { get; } = new(
        "one of",
        "true, false",
        static (string text, out bool? value) => (value = bool.TryParse(text, out var read) ? read : null) is not null,
        static (_, _) => null,
        static value => value switch { null => null, true => "true", false => "false" });

    /// <summary>The value of a header.</summary>
    public static OptionKind<string> Header { get; } = Text(
        "printable ASCII",
        static (value, name) => string.IsNullOrWhiteSpace(value) || value.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? $"{name} is empty or has characters that cannot stand in a header."
            : null);

    /// <summary>A whole number within bounds; above <typeparamref name="T"/>'s greatest there is none.</summary>
    public static OptionKind<T> Whole<T>(T least, T most, string unit)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        Within(
            "a whole number",
            most == T.MaxValue ? Say($"{least} or more {unit}") : Say($"from {least} to {most} {unit}"),
            static (string text, out T value) => T.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value),
            value => value >= least && value <= most,
            static value => Say($"{value}"));

    /// <summary>A number that is good when a condition holds, which not a number never does.</summary>
    public static OptionKind<double> Number(string limits, Func<double, bool> isGood) => Within(
        "a number",
        limits,
        static (string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value),
        isGood,
        static value => Say($"{value}"));

    /// <summary>A time within bounds.</summary>
    public static OptionKind<TimeSpan> Duration(TimeSpan least, TimeSpan most) => Within(
        "a time such as 00:01:30",
        $"from {Write(least)} to {Write(most)}",
        static (string text, out TimeSpan value) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value),
        value => value >= least && value <= most,
        Write);

    /// <summary>One of an enumeration's names.</summary>
    public static OptionKind<T> Choice<T>()
        where T : struct, Enum =>
        Within(
            "one of",
            string.Join(", ", Enum.GetNames<T>()),
            static (string text, out T value) => Enum.TryParse(text, ignoreCase: true, out value) && Enum.GetNames<T>().Contains(text.Trim(), StringComparer.OrdinalIgnoreCase),
            Enum.IsDefined,
            static value => value.ToString());

    /// <summary>A text, with what is wrong with it.</summary>
    public static OptionKind<string> Text(string limits, Func<string?, string, string?> check) => new(
        "a text,",
        limits,
        static (string text, out string value) => (value = text) is not null,
        check,
        static value => value is { Length: > 0 } ? value : null);

    /// <summary>A text that may be left out, with what is wrong with it when it is there.</summary>
    public static OptionKind<string?> OptionalText(string limits, Func<string, string, string?> check) => new(
        "a text,",
        limits,
        static (string text, out string? value) => (value = text) is not null,
        (value, name) => value is null ? null : check(value, name),
        static value => value);

    /// <summary>A secret, never shown.</summary>
    public static OptionKind<string?> Secret(string limits, Func<string?, string, string?> check) => new(
        "a text,",
        limits,
        static (string text, out string? value) => (value = text) is not null,
        check,
        static _ => null)
    {
        IsSecret = true,
    };

    /// <summary>A time as it is written in configuration.</summary>
    public static string Write(TimeSpan value) =>
        value.ToString("c", CultureInfo.InvariantCulture) is var text && text.Contains('.', StringComparison.Ordinal) && value.Ticks % TimeSpan.TicksPerSecond != 0
            ? text.TrimEnd('0')
            : text;

    /// <summary>The same text whatever the machine's culture.</summary>
    public static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static OptionKind<T> Within<T>(string form, string limits, OptionReader<T> read, Func<T, bool> isGood, Func<T, string> print) =>
        new(form, limits, read, (value, name) => isGood(value) ? null : $"{name} is {print(value)}; it is {limits}.", print);
}
