using System.Net;
using System.Text.Json;

namespace ScmIntegrations.Testing.Tests.UserTokens;

/// <summary>A fake with an app that users authorise, and the forms that its endpoints take.</summary>
public abstract class UserTokenFixture : IAsyncLifetime
{
    protected const string TokenPath = "login/oauth/access_token";
    protected const string DeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

    private HttpClient _client = null!;

    protected ManualTimeProvider Clock { get; } = new();

    protected FakeGitHub Fake { get; private set; } = null!;

    protected FakeUserApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Fake = await FakeGitHub.StartAsync(options => options.TimeProvider = Clock, Http.Cancellation);
        App = Fake.AddUserApp("Iv23liUser", "secret");
        _client = Fake.CreateClient();
        _client.DefaultRequestHeaders.Accept.Add(new("application/json"));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Fake.DisposeAsync();
    }

    protected async Task<JsonElement> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var response = await SendAsync(path, fields);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return await response.ReadJsonAsync();
    }

    protected async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await _client.PostAsync(path, form, Http.Cancellation);
    }

    /// <summary>Asks for a token as the app, and gives the answer.</summary>
    protected Task<JsonElement> AskAsync(params (string Name, string Value)[] fields) => PostAsync(TokenPath, [("client_id", "Iv23liUser"), ("client_secret", "secret"), .. fields]);

    /// <summary>Asks for a token as the app, and gives the error.</summary>
    protected async Task<string> ErrorAsync(params (string Name, string Value)[] fields) => Error(await AskAsync(fields));

    protected Task<JsonElement> RefreshAsync(string token) => AskAsync(("grant_type", "refresh_token"), ("refresh_token", token));

    protected static string Error(JsonElement answer)
    {
        answer.TryGetProperty("access_token", out _).Should().BeFalse();
        answer.GetProperty("error_description").GetString().Should().NotBeNullOrEmpty();
        answer.GetProperty("error_uri").GetString().Should().StartWith("https://docs.github.com/");
        return answer.GetProperty("error").GetString()!;
    }

    protected async Task<HttpStatusCode> StatusOfAsync(string token)
    {
        using var client = Fake.CreateClient(token);
        using var response = await client.GetAsync("user", Http.Cancellation);
        return response.StatusCode;
    }
}
