using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ScmIntegrations.AgentDesk.Tests.Running;

/// <summary>Speaks to the API as a program does.</summary>
internal static class Json
{
    public static async Task<JsonElement> GetJsonAsync(this HttpClient http, string path) =>
        await http.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);

    public static async Task<(HttpStatusCode Status, JsonElement Body)> LaunchAsync(this HttpClient http, object order)
    {
        using var response = await http.PostAsJsonAsync("api/launches", order, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    public static HttpRequestMessage Post(string body, string contentType, params (string Name, string Value)[] headers)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "api/launches") { Content = new StringContent(body, Encoding.UTF8, contentType) };
        foreach (var (name, value) in headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    public static string? Text(this JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : null;

    public static JsonElement Failure(this JsonElement answer, string repository) =>
        answer.GetProperty("failures").EnumerateArray().Single(failure => string.Equals(failure.Text("repo_name"), repository, StringComparison.Ordinal));
}
