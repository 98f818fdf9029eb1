using System.Globalization;

namespace Quickstart.Output;

/// <summary>A line now and then: about twenty for work whose size is known, one a hundred pieces otherwise.</summary>
internal sealed class LineProgressDisplay(TextWriter errors) : IProgressDisplay
{
    private const int Lines = 20;
    private const int PiecesALine = 100;

    public Task RunAsync(string title, Func<IProgress<ProgressStep>, Task> work) => work(new Printer(errors, title));

    private sealed class Printer(TextWriter errors, string title) : IProgress<ProgressStep>
    {
        public void Report(ProgressStep value)
        {
            var distance = value.Total is { } total ? Math.Max(1, total / Lines) : PiecesALine;
            if (value.Done % distance == 0 || value.Done == value.Total)
            {
                errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: {value.Done}{(value.Total is { } all ? $" of {all}" : "")}"));
            }
        }
    }
}
