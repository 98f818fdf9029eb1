using static System.FormattableString;

namespace ScmIntegrations.AspNetCore;

/// <summary>Whether the value of an option lies within its limits. What is said does not depend on the machine's culture.</summary>
internal static class OptionRange
{
    /// <summary>What is wrong with the value; <see langword="null"/> when nothing is.</summary>
    public static string? Check<T>(T value, T least, T most, string option, string unit = "")
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0 ? null : Invariant($"{option} is {value}{unit}; it is from {least} to {most}.");
}
