namespace Quickstart.Output;

/// <summary>How far work is.</summary>
/// <param name="Done">Pieces done.</param>
/// <param name="Total">Pieces in all; <see langword="null"/> while nobody knows.</param>
internal sealed record ProgressStep(int Done, int? Total = null);
