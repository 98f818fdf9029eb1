using System.Globalization;
using System.Text;

namespace ScmIntegrations.LoadTests.Running;

/// <summary>Gathers what was measured, row by row of the targets, and writes the table when all tests have run.</summary>
public sealed class LoadReport : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<(int Order, string Row, string Target, string Measured)> _rows = [];

    /// <summary>Adds a row, before anything is asserted, so that a target that was missed is told too.</summary>
    /// <param name="order">The place of the row among the targets.</param>
    /// <param name="row">What was tried.</param>
    /// <param name="target">What it should come to.</param>
    /// <param name="measured">What it came to.</param>
    public void Add(int order, string row, string target, FormattableString measured)
    {
        var text = measured.ToString(CultureInfo.InvariantCulture);
        lock (_gate)
        {
            _rows.Add((order, row, target, text));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{row}: {text} (target: {target})");
    }

    /// <summary>Writes the table: as a diagnostic message, and into the file that <c>LOAD_REPORT</c> names.</summary>
    /// <returns>A task that ends when it is written.</returns>
    public async ValueTask DisposeAsync()
    {
        var table = Table();
        TestContext.Current.SendDiagnosticMessage(table);
        if (Environment.GetEnvironmentVariable("LOAD_REPORT") is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(file, table, CancellationToken.None);
        }
    }

    private string Table()
    {
        var table = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"Load tests, {LoadForm.Name} form, {Environment.ProcessorCount} cores")
            .AppendLine()
            .AppendLine("| Row | Target | Measured |")
            .AppendLine("|---|---|---|");
        lock (_gate)
        {
            foreach (var (_, row, target, measured) in _rows.OrderBy(row => row.Order).ThenBy(row => row.Row, StringComparer.Ordinal))
            {
                table.AppendLine(CultureInfo.InvariantCulture, $"| {row} | {target} | {measured} |");
            }
        }

        return table.ToString();
    }
}
