using System.Globalization;
using System.Text.Json;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>Reads lifetimes and intervals: a number of seconds.</summary>
internal static class JsonSeconds
{
    // Longer than anything that is granted, and short enough that no date overflows.
    private static readonly TimeSpan Absurd = TimeSpan.FromDays(3660);

    /// <summary>A span above zero; <see langword="null"/> when the field is absent, no number, not above zero, or beyond ten years.</summary>
    public static TimeSpan? Seconds(this JsonElement element, string name) =>
        double.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 && seconds <= Absurd.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
