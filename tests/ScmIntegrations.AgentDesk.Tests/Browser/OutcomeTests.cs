using Microsoft.Playwright;
using ScmIntegrations.AgentDesk.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace ScmIntegrations.AgentDesk.Tests.Browser;

public sealed class OutcomeTests(Chromium chromium)
{
    [Theory]
    [InlineData("GitHub Copilot")]
    [InlineData("Cursor")]
    public async Task States_move_to_the_end_and_lead_to_the_pull_request(string agent)
    {
        await using var desk = await DeskPage.OpenAsync(chromium);
        var news = desk.Page.Locator("[aria-live=polite]");
        await desk.LaunchAsync(agent, "acme/storefront", "acme/payments");
        await Expect(desk.Row("acme/storefront")).ToContainTextAsync("Queued");
        await Expect(news).ToContainTextAsync("2 launched, 0 not launched.");

        desk.World.MoveOn();
        await Expect(desk.Row("acme/storefront")).ToContainTextAsync("Running");
        await Expect(desk.Row("acme/payments")).ToContainTextAsync("Running");
        await Expect(news).ToContainTextAsync("Running");

        desk.World.MoveOn();
        await Expect(desk.Row("acme/storefront")).ToContainTextAsync("Succeeded");
        (await desk.Row("acme/storefront").GetByRole(AriaRole.Link).GetAttributeAsync("href")).Should().StartWith("https://github.com/acme/storefront/pull/");
        await Expect(desk.Row("acme/payments")).ToContainTextAsync("Failed");
        await Expect(desk.Row("acme/payments")).ToContainTextAsync("The tests do not pass.");
        await Expect(desk.Row("acme/payments").GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
        await Expect(news).ToContainTextAsync("acme/payments: Failed");
        desk.Troubles.Should().BeEmpty();
    }

    [Theory]
    [InlineData("GitHub Copilot", "acme/identity", "single sign-on", "https://github.com/orgs/acme/sso")]
    [InlineData("GitHub Copilot", "acme/mobile", "license", null)]
    [InlineData("GitHub Copilot", "acme/reports", "quota", null)]
    [InlineData("Cursor", "acme/legacy", "Cursor", "https://github.com/apps/cursor")]
    [InlineData("Cursor", "acme/reports", "limit", null)]
    public async Task Every_other_failure_stands_beside_its_repository(string agent, string repository, string words, string? fix)
    {
        await using var desk = await DeskPage.OpenAsync(chromium);
        await desk.LaunchAsync(agent, "acme/storefront", repository);
        var row = desk.Row(repository);
        await Expect(row).ToContainTextAsync("Not launched");
        await Expect(row.Locator(".message")).ToContainTextAsync(words, new() { IgnoreCase = true });
        await Expect(desk.Row("acme/storefront")).ToContainTextAsync("Queued");
        await Expect(desk.Dialog).ToBeHiddenAsync();
        if (fix is not null)
        {
            var link = row.GetByRole(AriaRole.Link);
            (await link.GetAttributeAsync("href")).Should().StartWith(fix);
            await Expect(link).ToHaveAttributeAsync("rel", "noopener");
        }

        // Whoever cannot see it is told where to look.
        (await desk.Page.GetByLabel(repository).GetAttributeAsync("aria-describedby"))!.Split(' ').Should().Contain(await row.Locator(".trouble").GetAttributeAsync("id"));
        desk.Troubles.Should().BeEmpty();
    }

    [Fact]
    public async Task What_an_answer_says_is_text_and_leads_to_secure_pages_only()
    {
        const string Hostile = """
            {"key":"k","success":false,"launched_count":0,"failed_count":1,"tasks":[],"failures":[{"repo_name":"acme/storefront","error_message":"<img src=x onerror=alert(1)>","failure_type":"brand_new","missing_permissions":[],"fix_url":"javascript:alert(1)"}]}
            """;
        await using var desk = await DeskPage.OpenAsync(chromium);
        await desk.Page.RouteAsync("**/api/launches", route => route.FulfillAsync(new() { ContentType = "application/json", Body = Hostile }));
        await desk.LaunchAsync("Cursor", "acme/storefront");
        await Expect(desk.Row("acme/storefront").Locator(".message")).ToHaveTextAsync("<img src=x onerror=alert(1)>");
        await Expect(desk.Row("acme/storefront").GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
        desk.Troubles.Should().BeEmpty();
    }

    [Fact]
    public async Task A_launch_whose_answer_was_lost_is_sent_again_with_its_key()
    {
        await using var desk = await DeskPage.OpenAsync(chromium);
        await desk.Page.RouteAsync("**/api/launches", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        }, new() { Times = 1 });
        await desk.LaunchAsync("GitHub Copilot", "acme/storefront", "acme/payments");
        await Expect(desk.Page.GetByText("nothing is started twice")).ToBeVisibleAsync();
        desk.World.Started.Should().Be(2);

        await desk.LaunchButton.ClickAsync();
        await Expect(desk.Page.GetByText("2 launched, 0 not launched.").First).ToBeVisibleAsync();
        desk.World.Started.Should().Be(2);

        // A launch that was answered is over: the next one is new.
        await desk.LaunchButton.ClickAsync();
        await Expect(desk.LaunchButton).ToHaveAttributeAsync("aria-disabled", "false");
        desk.World.Started.Should().Be(4);
    }

    [Fact]
    public async Task A_page_without_its_server_says_so()
    {
        await using var desk = await DeskPage.OpenAsync(chromium);
        await desk.Page.RouteAsync("**/api/repositories", route => route.FulfillAsync(new() { Status = 502, ContentType = "application/problem+json", Body = """{"detail":"GitHub cannot be reached."}""" }));
        await desk.Page.ReloadAsync();
        await Expect(desk.Page.GetByText("Your repositories could not be read. GitHub cannot be reached.")).ToBeVisibleAsync();
    }
}
