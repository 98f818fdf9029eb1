namespace ScmIntegrations.Benchmarks.Report;

/// <summary>One line of the report, as it is printed.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Baseline">What it is measured against.</param>
/// <param name="Ours">Ours.</param>
/// <param name="Ratio">The one over the other, or their difference.</param>
/// <param name="Target">What was aimed at; empty where the line only informs.</param>
/// <param name="IsMet">Whether it was reached; <see langword="null"/> where there is no target.</param>
internal sealed record Measure(string What, string Baseline, string Ours, string Ratio, string Target = "", bool? IsMet = null);
