namespace Quickstart.Output;

/// <summary>Shows how far work is while it runs. Always on stderr: stdout holds results.</summary>
internal interface IProgressDisplay
{
    /// <summary>Runs the work and shows its steps.</summary>
    Task RunAsync(string title, Func<IProgress<ProgressStep>, Task> work);
}
