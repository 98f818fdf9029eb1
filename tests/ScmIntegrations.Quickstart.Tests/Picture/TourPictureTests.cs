using System.Text.RegularExpressions;
using System.Xml.Linq;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Quickstart.Tests.Picture;

/// <summary>
/// The README's picture is the Quickstart's real output. When that has changed,
/// <c>UPDATE_DOCS=1 dotnet test tests/ScmIntegrations.Quickstart.Tests</c> draws it anew, and the difference is reviewed.
/// </summary>
public sealed partial class TourPictureTests
{
    private const string Command = "dotnet run --project samples/Quickstart";

    [Fact]
    public async Task The_picture_shows_what_the_tour_prints()
    {
        var run = await AppRun.WithAsync();
        var drawn = TerminalPicture.Draw(
            "The Quickstart of ScmIntegrations",
            "A terminal after two passes over an organisation. In pass 1, four trees are fetched, the empty and the forbidden repository halt, and the failing one fails, each with who acts and what to do. In pass 2, nothing that was read or found empty is asked again.",
            Command,
            Settled(run.Output));
        var file = Path.Combine(RepositoryRoot.Path, "docs", "images", "quickstart.svg");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") is "1")
        {
            await File.WriteAllTextAsync(file, drawn, TestContext.Current.CancellationToken);
        }

        var onDisk = File.Exists(file) ? await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) : "";
        onDisk.ReplaceLineEndings("\n").Should().Be(drawn, "docs/images/quickstart.svg is drawn from a run: UPDATE_DOCS=1 dotnet test tests/ScmIntegrations.Quickstart.Tests draws it anew");
    }

    [Fact]
    public void The_picture_is_well_formed_whatever_is_printed_and_keeps_every_word()
    {
        var words = string.Join(' ', Enumerable.Range(0, 60).Select(number => $"<word{number}>"));

        var picture = XDocument.Parse(TerminalPicture.Draw("a & b", "<c>", "run", $"• {words}\n\n│ success │ halted: x │\n"));

        var lines = picture.Root!.Elements().Where(element => element.Name.LocalName is "text").Select(element => element.Value).ToArray();
        lines.Should().OnlyContain(line => line.Length <= 118);
        string.Join(' ', lines.Skip(1).SkipLast(1).Select(line => line.Trim())).Should().Be($"• {words}");
        picture.Descendants().Where(element => element.Name.LocalName is "tspan" && element.Value is "success").Should().ContainSingle().Which.Attribute("class")!.Value.Should().Be("good");
    }

    /// <summary>Without what differs from run to run: the port, and how large this checkout is by now.</summary>
    private static string Settled(string output)
    {
        var withoutPort = Port().Replace(output, "http://127.0.0.1:8080/");
        var withoutSize = CheckoutRow().Replace(withoutPort, row => row.Groups["begin"].Value + Number().Replace(row.Groups["numbers"].Value, number => "…".PadLeft(number.Length)) + row.Groups["end"].Value);
        return Origin().Replace(withoutSize, "${begin}the git tree of this checkout.");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Port();

    [GeneratedRegex(@"(?<begin>│ acme/checkout +│ \w+ +│)(?<numbers>[^│]*│[^│]*)(?<end>│)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CheckoutRow();

    [GeneratedRegex(@"[\d,]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    // Without git, the tour says that it reads the files instead.
    [GeneratedRegex(@"(?<begin>acme/checkout is )[^\n]*\.", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Origin();
}
