using Microsoft.Playwright;
using ScmIntegrations.AgentDesk.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace ScmIntegrations.AgentDesk.Tests.Browser;

/// <summary>The whole way without a mouse.</summary>
public sealed class KeyboardTests(Chromium chromium)
{
    [Fact]
    public async Task Choose_launch_read_the_dialog_and_put_it_off()
    {
        await using var desk = await DeskPage.OpenAsync(chromium);
        var keys = desk.Page.Keyboard;

        // Choose.
        foreach (var repository in new[] { "acme/storefront", "globex/warehouse", "globex/pricing", "initech/timesheets", "octavia/dotfiles" })
        {
            await desk.TabToAsync(desk.Page.GetByLabel(repository));
            await keys.PressAsync("Space");
            await Expect(desk.Page.GetByLabel(repository)).ToBeCheckedAsync();
        }

        await desk.TabToAsync(desk.Prompt);
        await keys.TypeAsync("Update the dependencies.");
        await desk.TabToAsync(desk.Page.GetByLabel("GitHub Copilot"));
        await keys.PressAsync("ArrowDown");
        await Expect(desk.Page.GetByLabel("Cursor")).ToBeCheckedAsync();
        await keys.PressAsync("ArrowUp");
        await Expect(desk.Page.GetByLabel("GitHub Copilot")).ToBeCheckedAsync();

        // Launch, and meet the dialog.
        await desk.TabToAsync(desk.LaunchButton);
        await keys.PressAsync("Enter");
        await Expect(desk.Dialog).ToBeVisibleAsync();
        var links = desk.Dialog.GetByRole(AriaRole.Link);
        await Expect(links).ToHaveCountAsync(3);
        await Expect(links.Nth(0)).ToBeFocusedAsync();

        // Nothing behind it can be reached; the last stop before the beginning is the browser's own.
        await keys.PressAsync("Tab");
        await Expect(links.Nth(1)).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await Expect(links.Nth(2)).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await Expect(desk.Button("Remind me later")).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        (await desk.Page.EvaluateAsync<bool>("document.activeElement === document.body || document.activeElement.closest('dialog') !== null")).Should().BeTrue();

        // Escape closes it and gives the focus back.
        await keys.PressAsync("Escape");
        await Expect(desk.Dialog).ToBeHiddenAsync();
        await Expect(desk.LaunchButton).ToBeFocusedAsync();

        // It can be had again, and put off.
        await desk.TabToAsync(desk.Button("Review permissions"));
        await keys.PressAsync("Enter");
        await Expect(desk.Dialog).ToBeVisibleAsync();
        await desk.TabToAsync(desk.Button("Remind me later"));
        await keys.PressAsync("Enter");
        await Expect(desk.Dialog).ToBeHiddenAsync();
        await Expect(desk.Button("Review permissions")).ToBeFocusedAsync();
        desk.Troubles.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_missing_is_said_and_gets_the_focus()
    {
        await using var desk = await DeskPage.OpenAsync(chromium);
        await desk.TabToAsync(desk.LaunchButton);
        await desk.Page.Keyboard.PressAsync("Enter");
        await Expect(desk.Page.GetByText("Choose at least one repository.")).ToBeVisibleAsync();
        await Expect(desk.Page.GetByLabel("acme/storefront")).ToBeFocusedAsync();

        await desk.Page.Keyboard.PressAsync("Space");
        await desk.TabToAsync(desk.LaunchButton);
        await desk.Page.Keyboard.PressAsync("Enter");
        await Expect(desk.Page.GetByText("Choose at least one repository.")).ToBeHiddenAsync();
        await Expect(desk.Page.GetByText("Say what the agent is to do.")).ToBeVisibleAsync();
        await Expect(desk.Prompt).ToBeFocusedAsync();
        await Expect(desk.Prompt).ToHaveAttributeAsync("aria-invalid", "true");
        desk.World.Started.Should().Be(0);
        desk.Troubles.Should().BeEmpty();
    }

    [Fact]
    public async Task Everything_that_takes_the_focus_has_a_name()
    {
        await using var desk = await DeskPage.OpenAsync(chromium);
        await desk.LaunchAsync("GitHub Copilot", "acme/storefront", "acme/mobile", "globex/warehouse");
        await Expect(desk.Dialog).ToBeVisibleAsync();
        await desk.Page.Keyboard.PressAsync("Escape");

        // By the browser's own reckoning of names, not by the markup.
        var nameless = await desk.Page.Locator("a[href]:visible, button:visible, input:visible, textarea:visible").EvaluateAllAsync<string[]>(
            "elements => elements.filter((element) => !(element.ariaLabel || element.textContent.trim() || element.labels?.[0]?.textContent.trim())).map((element) => element.outerHTML)");
        nameless.Should().BeEmpty();
    }
}
