namespace ScmIntegrations.Octokit.Benchmarks.Report;

/// <summary>One line of the report.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Plain">With Octokit by itself.</param>
/// <param name="Adapter">With Octokit on the client's line.</param>
/// <param name="Client">With the client; <see langword="null"/> where a line above has it.</param>
/// <param name="Print">Writes a figure as people read it.</param>
internal sealed record SideBySide(string What, double Plain, double Adapter, double? Client, Func<double, string> Print);
