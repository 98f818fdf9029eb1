namespace Quickstart.Arguments;

/// <summary>One option of the command line.</summary>
/// <param name="Name">As it is typed.</param>
/// <param name="Value">What stands for its value in the help; <see langword="null"/> for a switch.</param>
/// <param name="Help">What it does.</param>
internal sealed record Option(string Name, string? Value, string Help)
{
    /// <summary>The commands that take it; empty when all do.</summary>
    public IReadOnlyList<CommandName> OnlyFor { get; init; } = [];

    /// <summary>Whether it may be given more than once.</summary>
    public bool IsRepeatable { get; init; }
}
