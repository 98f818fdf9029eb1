using System.Collections.Concurrent;
using AgentDesk.Demo;
using Microsoft.Playwright;

namespace ScmIntegrations.AgentDesk.Tests.Running;

/// <summary>The page in a browser window of its own.</summary>
internal sealed class DeskPage : IAsyncDisposable
{
    private const string TellViolations = "document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));";

    private readonly DeskServer _server;
    private readonly IBrowserContext _window;
    private readonly ConcurrentQueue<string> _troubles = new();

    private DeskPage(DeskServer server, IBrowserContext window, IPage page)
    {
        _server = server;
        _window = window;
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, error) => Note(true, error);
    }

    public IPage Page { get; }

    public DemoWorld World => _server.World;

    /// <summary>What the browser complained of: errors, warnings, breaches of the content security policy.</summary>
    public IReadOnlyCollection<string> Troubles => _troubles;

    public ILocator Dialog => Page.GetByRole(AriaRole.Dialog, new() { Name = "Update GitHub App permissions" });

    public ILocator Prompt => Page.GetByLabel("Prompt");

    public ILocator LaunchButton => Button("Launch");

    public static async Task<DeskPage> OpenAsync(Chromium chromium, int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var browser = await chromium.OpenAsync();
        var server = await DeskServer.StartAsync();
        var window = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await window.AddInitScriptAsync(TellViolations);
        var desk = new DeskPage(server, window, await window.NewPageAsync());
        await desk.Page.GotoAsync(server.Address.AbsoluteUri);
        await Assertions.Expect(desk.Page.GetByLabel("acme/storefront")).ToBeVisibleAsync();
        return desk;
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>A repository's row, with everything that is shown beside it.</summary>
    public ILocator Row(string repository) => Page.Locator("li.repository", new() { Has = Page.Locator($"input[value='{repository}']") });

    /// <summary>Launches an agent, with the mouse.</summary>
    public async Task LaunchAsync(string agent, params string[] repositories)
    {
        foreach (var repository in repositories)
        {
            await Page.GetByLabel(repository).CheckAsync();
        }

        await Prompt.FillAsync("Update the dependencies and make the tests pass.");
        await Page.GetByLabel(agent).CheckAsync();
        await LaunchButton.ClickAsync();
    }

    /// <summary>Presses Tab until something has the focus.</summary>
    public async Task TabToAsync(ILocator target)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"Tab does not lead to {target}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _window.DisposeAsync();
        await _server.DisposeAsync();
    }

    private void Note(bool isTrouble, string text)
    {
        if (isTrouble)
        {
            _troubles.Enqueue(text);
        }
    }
}
