using System.Text;
using System.Text.Json;

namespace ScmIntegrations.Testing.Tests.Cursor;

/// <summary>A fake Cursor with a key, and a client that has it.</summary>
internal sealed class CursorFixture : IAsyncDisposable
{
    public const string Key = "key_TheKeyOfTheTests";

    private CursorFixture(FakeCursor cursor)
    {
        Cursor = cursor;
        Cursor.AddKey(Key);
        Client = cursor.CreateClient(Key);
    }

    public FakeCursor Cursor { get; }

    public HttpClient Client { get; }

    public static async Task<CursorFixture> StartAsync(Action<FakeCursorOptions>? configure = null) =>
        new(await FakeCursor.StartAsync(configure, Http.Cancellation));

    public async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        using var response = await Client.SendAsync(request, Http.Cancellation);
        return ((int)response.StatusCode, await response.ReadJsonAsync());
    }

    public Task<(int Status, JsonElement Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<(int Status, JsonElement Body)> PostAsync(string path, string? json = null) => SendAsync(HttpMethod.Post, path, json);

    public static string Code(JsonElement body) => body.GetProperty("error").GetProperty("code").GetString()!;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Cursor.DisposeAsync();
    }
}
