using System.Globalization;

namespace ScmIntegrations.Testing;

/// <summary>Which of the requests that fit are answered.</summary>
/// <param name="Skipped">How many pass first.</param>
/// <param name="Every">The distance between answered ones.</param>
/// <param name="Times">How many are answered; <see langword="null"/> for all.</param>
internal sealed record FaultSchedule(int Skipped = 0, int Every = 1, int? Times = null)
{
    public bool Applies(int seen) =>
        seen > Skipped && (seen - Skipped) % Every == 0 && (Times is not { } times || (seen - Skipped) / Every <= times);

    public override string ToString() => string.Concat(
        Skipped > 0 ? string.Create(CultureInfo.InvariantCulture, $", after {Skipped}") : "",
        Every > 1 ? string.Create(CultureInfo.InvariantCulture, $", each {Every}th") : "",
        Times is { } times ? string.Create(CultureInfo.InvariantCulture, $", {times} in all") : "");
}
