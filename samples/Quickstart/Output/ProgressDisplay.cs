namespace Quickstart.Output;

/// <summary>Picks the display that suits where it is shown.</summary>
internal static class ProgressDisplay
{
    public static IProgressDisplay For(TextWriter errors)
    {
        var console = TextConsole.For(errors);
        return console.Profile.Capabilities is { Interactive: true, Ansi: true } ? new LiveProgressDisplay(console) : new LineProgressDisplay(errors);
    }
}
