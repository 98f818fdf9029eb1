using ScmIntegrations.Testing;

namespace InventoryService.Tests;

public sealed class WebhookTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_push_is_seen_at_once()
    {
        await using var fixture = new InventoryFixture();
        // snippet:webhook
        fixture.GitHub.AddRepository("acme/api", repository => repository.Tree = new FakeTreeBuilder().File("a.cs").Build());
        await fixture.Taker.TakeAsync("acme", Cancellation);
        fixture.GitHub.Push("acme/api", new FakeTreeBuilder().File("a.cs").File("b.cs").Build());

        var delivery = fixture.GitHub.Webhooks.Push("acme/api");
        var status = await fixture.Taker.ReceiveAsync(delivery.Header, new MemoryStream(delivery.Body.ToArray()), Cancellation);

        Assert.Equal(202, status);
        Assert.Equal(2, (await fixture.Taker.TakeAsync("acme", Cancellation)).Files["C#"]);
        // end-snippet
    }

    [Fact]
    public async Task A_delivery_of_somebody_elses_is_refused()
    {
        await using var fixture = new InventoryFixture();
        // snippet:forged
        var forged = FakeGitHubDelivery.Create("push", """{"ref":"refs/heads/main"}""", secret: "a guess");

        var status = await fixture.Taker.ReceiveAsync(forged.Header, new MemoryStream(forged.Body.ToArray()), Cancellation);

        Assert.Equal(401, status);
        // end-snippet
    }
}
