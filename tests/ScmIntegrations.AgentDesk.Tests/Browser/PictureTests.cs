using System.Reflection;
using ScmIntegrations.AgentDesk.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace ScmIntegrations.AgentDesk.Tests.Browser;

/// <summary>The README's picture. <c>UPDATE_SCREENSHOT=1</c> takes it anew.</summary>
public sealed class PictureTests(Chromium chromium)
{
    private const int LargestPicture = 200 * 1024;

    private static string File => Path.Combine(
        typeof(PictureTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key is "RepositoryRoot").Value!,
        "docs",
        "images",
        "agent-desk.png");

    [Fact]
    public async Task Takes_the_picture()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("UPDATE_SCREENSHOT")), "Set UPDATE_SCREENSHOT=1 to take the README's picture anew.");
        await using var desk = await DeskPage.OpenAsync(chromium, width: 1100, height: 960);
        await desk.LaunchAsync("GitHub Copilot", "acme/storefront", "acme/payments");
        await Expect(desk.Row("acme/payments")).ToContainTextAsync("Queued");
        desk.World.MoveOn();
        desk.World.MoveOn();
        await Expect(desk.Row("acme/storefront")).ToContainTextAsync("Pull request");
        await Expect(desk.Row("acme/payments")).ToContainTextAsync("Failed");

        // Launched later, so that several states are to be seen.
        await desk.Page.GetByLabel("acme/storefront").UncheckAsync();
        await desk.Page.GetByLabel("acme/payments").UncheckAsync();
        await desk.LaunchAsync("GitHub Copilot", "acme/legacy", "acme/reports", "acme/identity", "acme/mobile", "globex/warehouse", "globex/pricing", "initech/timesheets", "octavia/dotfiles");
        await Expect(desk.Dialog).ToBeVisibleAsync();
        desk.World.MoveOn();
        await Expect(desk.Row("acme/legacy")).ToContainTextAsync("Running");
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await desk.Page.ScreenshotAsync(new() { Path = File });
        new FileInfo(File).Length.Should().BeLessThan(LargestPicture);
    }

    [Fact]
    public void There_is_one_and_it_is_small() => new FileInfo(File).Length.Should().BeInRange(1024, LargestPicture);
}
