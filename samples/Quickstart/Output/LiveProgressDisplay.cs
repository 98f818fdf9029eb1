using Spectre.Console;

namespace Quickstart.Output;

/// <summary>A bar that moves.</summary>
internal sealed class LiveProgressDisplay(IAnsiConsole console) : IProgressDisplay
{
    public Task RunAsync(string title, Func<IProgress<ProgressStep>, Task> work) => console.Progress()
        .AutoClear(enabled: true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new SpinnerColumn())
        .StartAsync(context => work(new Bar(context.AddTask(Markup.Escape(title)).IsIndeterminate(), title)));

    private sealed class Bar(ProgressTask task, string title) : IProgress<ProgressStep>
    {
        public void Report(ProgressStep value)
        {
            task.Description = Markup.Escape($"{title}: {value.Done}{(value.Total is { } all ? $" of {all}" : "")}");
            if (value.Total is { } total)
            {
                task.IsIndeterminate(false);
                task.MaxValue = total;
                task.Value = value.Done;
            }
        }
    }
}
