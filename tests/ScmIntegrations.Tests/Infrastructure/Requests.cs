using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.Infrastructure;

/// <summary>Requests and names that many tests use.</summary>
internal static class Requests
{
    public static readonly RepositoryRef Api = new("acme/api");

    public static readonly JsonTypeInfo<JsonElement> AnyJson = (JsonTypeInfo<JsonElement>)JsonSerializerOptions.Default.GetTypeInfo(typeof(JsonElement));

    /// <summary>A request by any method to a path that the fake has no route for.</summary>
    public static GitHubRequest To(HttpMethod method, string path = "/things") => GitHubRequest.Create(method, path);

    /// <summary>Whether a request came with a token.</summary>
    public static bool Bears(this RecordedRequest request, string? token) => string.Equals(request.Token, token, StringComparison.Ordinal);

    public static Task<GitHubRepository> GetApiAsync(this ClientFixture fixture) =>
        fixture.Client.GetRepositoryAsync(Api, TestContext.Current.CancellationToken);

    public static Task SendAsync(this ClientFixture fixture, HttpMethod method, string path = "/things") =>
        fixture.Client.SendAsync(To(method, path), TestContext.Current.CancellationToken);

    public static Task SendWithBodyAsync(this ClientFixture fixture, HttpMethod method) =>
        fixture.Client.SendAsync(To(method).WithJson(JsonSerializer.SerializeToElement("body"), AnyJson), TestContext.Current.CancellationToken);
}
