namespace OctokitInterop.Tour;

/// <summary>What the tour tells, and whether it was so.</summary>
internal sealed class Findings(TextWriter output)
{
    private int _right;

    /// <summary>How much was not as it was told.</summary>
    public int Wrong { get; private set; }

    public void Begin(int number, string title) => output.WriteLine($"\n{number}. {title}");

    public void Say(string text) => output.WriteLine(text);

    /// <summary>Tells something that follows from what was seen.</summary>
    public void Check(bool isSo, string text)
    {
        (_right, Wrong) = isSo ? (_right + 1, Wrong) : (_right, Wrong + 1);
        output.WriteLine($"   {(isSo ? "ok " : "NOT")} {text}");
    }

    /// <summary>A step that throws was not as it was told, and the next one is shown all the same.</summary>
    public async Task GuardAsync(Func<Task> step, CancellationToken cancellationToken)
    {
        try
        {
            await step();
        }
        catch (Exception unexpected) when (!cancellationToken.IsCancellationRequested)
        {
            Check(false, $"{unexpected.GetType().Name}: {unexpected.Message}");
        }
    }

    public void Conclude() => output.WriteLine(Wrong == 0
        ? $"\nAll {_right} findings are as told. The steps are in samples/OctokitInterop/Steps, one a file; docs/how-to/beside-octokit.md says how to begin."
        : $"\n{Wrong} of {_right + Wrong} findings are not as told.");
}
