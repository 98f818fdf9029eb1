using AgentDesk;
using AgentDesk.Demo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using ScmIntegrations.AgentDesk.Tests.Browser;

namespace ScmIntegrations.AgentDesk.Tests;

public sealed class LookTests(Chromium chromium)
{
    [Theory]
    [InlineData("light", 1280, 900)]
    [InlineData("dark", 1280, 900)]
    [InlineData("light", 320, 800)]
    public async Task Look(string scheme, int width, int height)
    {
        await using var world = await DemoWorld.StartAsync();
        await using var desk = DeskApplication.Create(["--urls", "http://127.0.0.1:0"], world.Connection);
        await desk.StartAsync(TestContext.Current.CancellationToken);
        var browser = await chromium.OpenAsync();
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light });
        var page = await context.NewPageAsync();
        page.Console += (_, m) => TestContext.Current.SendDiagnosticMessage(m.Text);
        page.Console += (_, m) => Console.WriteLine("CONSOLE " + m.Text);
        page.PageError += (_, m) => Console.WriteLine("ERROR " + m);
        await page.GotoAsync(desk.Urls.First());
        await page.GetByLabel("acme/storefront").WaitForAsync();
        await page.ScreenshotAsync(new() { Path = $"/tmp/look-{scheme}-{width}-0.png", FullPage = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Choose all" }).ClickAsync();
        await page.GetByLabel("Prompt").FillAsync("Update the dependencies and make the tests pass.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Launch" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await page.ScreenshotAsync(new() { Path = $"/tmp/look-{scheme}-{width}-1.png" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Remind me later" }).ClickAsync();
        await page.GetByText("Pull request").First.WaitForAsync();
        await page.ScreenshotAsync(new() { Path = $"/tmp/look-{scheme}-{width}-2.png", FullPage = true });
        await context.CloseAsync();
    }
}
