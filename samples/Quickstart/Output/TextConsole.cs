using Spectre.Console;

namespace Quickstart.Output;

/// <summary>Makes consoles that colour and animate on a terminal, and write plain text anywhere else.</summary>
internal static class TextConsole
{
    // A file has no edge to wrap at.
    private const int RedirectedWidth = 4096;

    public static IAnsiConsole For(TextWriter writer)
    {
        var target = new AnsiConsoleOutput(writer);
        if (target.IsTerminal)
        {
            return AnsiConsole.Create(new AnsiConsoleSettings { Out = target });
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = target,
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,

            // The enrichers of build servers would turn escapes on again.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = RedirectedWidth;
        return console;
    }
}
