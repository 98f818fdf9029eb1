using Microsoft.Playwright;
using ScmIntegrations.AgentDesk.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace ScmIntegrations.AgentDesk.Tests.Browser;

public sealed class LayoutTests(Chromium chromium)
{
    // Everything that is shown and reaches beyond the window's width.
    private const string Overhanging = """
        () => [...document.querySelectorAll('body *')]
          .filter((element) => element.checkVisibility() && !element.closest('.visually-hidden') && element.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
          .map((element) => element.outerHTML.slice(0, 120))
        """;

    // Texts whose colour stands less than 4.5 to 1 against what is behind them (WCAG 2.2, 1.4.3).
    private const string Faint = """
        () => {
          const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
          const light = (colour) => {
            const [r, g, b] = channels(colour).map((value) => value / 255).map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const behind = (element) => {
            for (; element; element = element.parentElement) {
              const colour = getComputedStyle(element).backgroundColor;
              if ((channels(colour)[3] ?? 1) === 1) return colour;
            }
            return 'rgb(255, 255, 255)';
          };
          const texts = [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
          return texts.map((element) => {
            const [one, other] = [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => b - a);
            return { ratio: (one + 0.05) / (other + 0.05), text: element.textContent.trim() };
          }).filter(({ ratio }) => ratio < 4.5).map(({ ratio, text }) => `${ratio.toFixed(2)}: ${text}`);
        }
        """;

    [Fact]
    public async Task At_320_pixels_nothing_scrolls_sideways()
    {
        await using var desk = await DeskPage.OpenAsync(chromium, width: 320, height: 640);
        (await desk.Page.EvaluateAsync<string[]>(Overhanging)).Should().BeEmpty();

        await desk.Button("Choose all").ClickAsync();
        await desk.LaunchAsync("GitHub Copilot");
        await Expect(desk.Dialog).ToBeVisibleAsync();
        (await desk.Page.EvaluateAsync<string[]>(Overhanging)).Should().BeEmpty();
        (await desk.Dialog.EvaluateAsync<bool>("dialog => dialog.scrollWidth <= dialog.clientWidth")).Should().BeTrue();

        // Also the last of it can be reached.
        await desk.Button("Remind me later").ClickAsync();
        await Expect(desk.Dialog).ToBeHiddenAsync();
        (await desk.Page.EvaluateAsync<string[]>(Overhanging)).Should().BeEmpty();
        (await desk.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 320")).Should().BeTrue();
        desk.Troubles.Should().BeEmpty();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_text_can_be_read(ColorScheme scheme)
    {
        await using var desk = await DeskPage.OpenAsync(chromium, scheme: scheme);
        await desk.Button("Choose all").ClickAsync();
        await desk.LaunchAsync("GitHub Copilot");
        await Expect(desk.Dialog).ToBeVisibleAsync();
        (await desk.Page.EvaluateAsync<string[]>(Faint)).Should().BeEmpty();
        desk.World.MoveOn();
        desk.World.MoveOn();
        await Expect(desk.Row("acme/storefront")).ToContainTextAsync("Succeeded");
        (await desk.Page.EvaluateAsync<string[]>(Faint)).Should().BeEmpty();
        (await desk.Page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches")).Should().Be(scheme is ColorScheme.Dark);
        (await desk.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).Should().Be(scheme is ColorScheme.Dark ? "rgb(20, 24, 26)" : "rgb(245, 246, 244)");
    }

    [Fact]
    public async Task The_browser_tells_of_a_script_that_the_policy_forbids()
    {
        // Shows that a breach would be seen by the other tests.
        await using var desk = await DeskPage.OpenAsync(chromium);
        await desk.Page.EvaluateAsync("document.body.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.ran = true' }))");
        await Expect(desk.Page.Locator("script").Nth(1)).ToBeAttachedAsync();
        (await desk.Page.EvaluateAsync<bool>("globalThis.ran === true")).Should().BeFalse();
        desk.Troubles.Should().Contain(trouble => trouble.Contains("script-src", StringComparison.Ordinal));
    }
}
