using System.Text;
using System.Text.Json;

namespace ScmIntegrations.Testing.Tests.Scalekit;

/// <summary>A fake Scalekit, and a client that has a token.</summary>
internal sealed class ScalekitFixture : IAsyncDisposable
{
    public const string Accounts = "/api/v1/connected_accounts";

    private ScalekitFixture(FakeScalekit scalekit)
    {
        Scalekit = scalekit;
        Client = scalekit.CreateClient(scalekit.IssueToken());
    }

    public FakeScalekit Scalekit { get; }

    public HttpClient Client { get; }

    public static async Task<ScalekitFixture> StartAsync(Action<FakeScalekitOptions>? configure = null) =>
        new(await FakeScalekit.StartAsync(configure, Http.Cancellation));

    public async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        using var response = await Client.SendAsync(request, Http.Cancellation);
        return ((int)response.StatusCode, await response.ReadJsonAsync());
    }

    public Task<(int Status, JsonElement Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<(int Status, JsonElement Body)> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    public Task<(int Status, JsonElement Body)> PutAsync(string json) => SendAsync(HttpMethod.Put, Accounts, json);

    /// <summary>The code of an error, which has the shape that is published.</summary>
    public static string Code(JsonElement error)
    {
        var info = error.GetProperty("details")[0];
        info.GetProperty("@type").GetString().Should().Be("type.googleapis.com/scalekit.v1.errdetails.ErrorInfo");
        return info.GetProperty("error_code").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Scalekit.DisposeAsync();
    }
}
