using Microsoft.Playwright;
using ScmIntegrations.AgentDesk.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace ScmIntegrations.AgentDesk.Tests.Browser;

public sealed class PermissionDialogTests(Chromium chromium)
{
    private static readonly string[] Lacking = ["globex/warehouse", "globex/pricing", "initech/timesheets", "octavia/dotfiles"];

    [Fact]
    public async Task Every_installation_has_its_repositories_and_its_own_link()
    {
        await using var desk = await DeskPage.OpenAsync(chromium);
        await desk.LaunchAsync("GitHub Copilot", ["acme/storefront", .. Lacking]);
        await Expect(desk.Dialog).ToBeVisibleAsync();
        await Expect(desk.Dialog.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        await ShowsAsync(desk, "globex", "organisation, installation 202", "globex/warehouse, globex/pricing", "https://github.com/organizations/globex/settings/installations/202/permissions/update");
        await ShowsAsync(desk, "initech", "organisation, installation 303", "initech/timesheets", "https://github.com/organizations/initech/settings/installations/303/permissions/update");
        await ShowsAsync(desk, "octavia", "user, installation 404", "octavia/dotfiles", "https://github.com/settings/installations/404/permissions/update");
        desk.Troubles.Should().BeEmpty();
    }

    [Fact]
    public async Task The_link_opens_the_settings_in_a_tab_of_their_own_and_closes_the_dialog()
    {
        await using var desk = await DeskPage.OpenAsync(chromium);
        await desk.LaunchAsync("GitHub Copilot", "octavia/dotfiles");
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        desk.Page.Context.Request += (_, request) => asked.TrySetResult(request.Url);
        var tab = await desk.Page.Context.RunAndWaitForPageAsync(() => desk.Dialog.GetByRole(AriaRole.Link, new() { Name = "Update permissions of octavia" }).ClickAsync());
        (await asked.Task.WaitAsync(TestContext.Current.CancellationToken)).Should().Be("https://github.com/settings/installations/404/permissions/update");
        (await tab.EvaluateAsync<bool>("window.opener === null")).Should().BeTrue();
        await Expect(desk.Dialog).ToBeHiddenAsync();
        await Expect(desk.Row("octavia/dotfiles").GetByRole(AriaRole.Link, new() { Name = "Update permissions" })).ToBeVisibleAsync();
        desk.Troubles.Should().BeEmpty();
    }

    [Fact]
    public async Task Remind_me_later_closes_it_and_what_was_launched_goes_on()
    {
        await using var desk = await DeskPage.OpenAsync(chromium);
        await desk.LaunchAsync("GitHub Copilot", ["acme/storefront", .. Lacking]);
        await desk.Button("Remind me later").ClickAsync();
        await Expect(desk.Dialog).ToBeHiddenAsync();
        await Expect(desk.Page.GetByText("1 launched, 4 not launched.").First).ToBeVisibleAsync();
        desk.World.MoveOn();
        await Expect(desk.Row("acme/storefront")).ToContainTextAsync("Running");
        desk.Troubles.Should().BeEmpty();
    }

    [Fact]
    public async Task Once_the_permission_is_granted_the_failed_ones_are_launched_and_nothing_else_again()
    {
        await using var desk = await DeskPage.OpenAsync(chromium);
        await desk.LaunchAsync("GitHub Copilot", ["acme/storefront", .. Lacking]);
        await desk.Button("Remind me later").ClickAsync();
        desk.World.Grant("globex");
        await desk.Button("Try the failed ones again").ClickAsync();
        await Expect(desk.Dialog.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await desk.Page.Keyboard.PressAsync("Escape");
        await Expect(desk.Row("globex/warehouse")).ToContainTextAsync("Queued");
        await Expect(desk.Row("globex/warehouse").Locator(".trouble")).ToBeHiddenAsync();
        await Expect(desk.Row("acme/storefront")).ToContainTextAsync("Queued");
        desk.World.Started.Should().Be(3);
        desk.Troubles.Should().BeEmpty();
    }

    [Fact]
    public async Task Without_a_missing_permission_there_is_no_dialog()
    {
        await using var desk = await DeskPage.OpenAsync(chromium);
        await desk.LaunchAsync("GitHub Copilot", "acme/storefront", "acme/mobile");
        await Expect(desk.Row("acme/mobile")).ToContainTextAsync("Not launched");
        await Expect(desk.Dialog).ToBeHiddenAsync();
        await Expect(desk.Button("Review permissions")).ToBeHiddenAsync();
    }

    private static async Task ShowsAsync(DeskPage desk, string login, string kind, string repositories, string href)
    {
        var item = desk.Dialog.GetByRole(AriaRole.Listitem).Filter(new() { HasText = kind });
        await Expect(item).ToContainTextAsync(login);
        await Expect(item).ToContainTextAsync(repositories);
        await Expect(item).ToContainTextAsync("contents:write");
        var link = item.GetByRole(AriaRole.Link, new() { Name = $"Update permissions of {login}" });
        await Expect(link).ToHaveAttributeAsync("href", href);
        await Expect(link).ToHaveAttributeAsync("target", "_blank");
        await Expect(link).ToHaveAttributeAsync("rel", "noopener");
    }
}
