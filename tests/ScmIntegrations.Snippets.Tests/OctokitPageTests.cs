using System.Net;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Snippets.Tests;

/// <summary>The code of docs/how-to/migrating-from-octokit.md.</summary>
public sealed class OctokitPageTests
{
    private static CancellationToken Cancellation => PageSetup.Cancellation;

    [Fact]
    public async Task Any_endpoint_is_a_request_and_a_shape()
    {
        var (gitHub, _) = await PageSetup.StartAsync();
        await using var server = gitHub;
        gitHub.When(HttpMethod.Get, "/repos/acme/api/labels").Answer(Answers.Json(200, """[{"name":"bug","color":"d73a4a"}]"""));
        gitHub.When(HttpMethod.Post, "/repos/acme/api/labels").Answer(Answers.Json(201, """{"name":"size/L","color":"ededed"}"""));
        await using var services = gitHub.ProvideClient();

        var labels = await LabelsAsync(services.GetRequiredService<IGitHubIntegrationClient>(), new("acme/api"), Cancellation);

        labels.Select(label => label.Name).Should().Equal("bug", "size/L");
    }

    [Fact]
    public async Task Exceptions_are_caught_by_what_has_happened()
    {
        var (gitHub, _) = await PageSetup.StartAsync();
        await using var server = gitHub;
        gitHub.AddRepository("acme/empty");
        await using var services = gitHub.ProvideClient();
        var client = services.GetRequiredService<IGitHubIntegrationClient>();

        (await ReadAsync(client, new("acme/api"), Cancellation)).Should().Be("read");
        (await ReadAsync(client, new("acme/empty"), Cancellation)).Should().Be("no commit yet");
        (await ReadAsync(client, new("acme/none"), Cancellation)).Should().Be("missing, or not visible");
    }

    [Fact]
    public async Task Another_client_speaks_over_the_same_line()
    {
        var (gitHub, _) = await PageSetup.StartAsync();
        await using var server = gitHub;
        await using var services = gitHub.ProvideClient();

        (await OtherAsync(services.GetRequiredService<IGitHubIntegrationClientFactory>(), gitHub.Address, Cancellation)).Should().Be(HttpStatusCode.OK);
        gitHub.Requests.Should().ContainSingle().Which.Token.Should().Be(PageSetup.Token);
    }

    private static async Task<List<Label>> LabelsAsync(IGitHubIntegrationClient client, RepositoryRef repository, CancellationToken cancellationToken)
    {
        var labels = new List<Label>();
        // snippet:endpoint
        var all = GitHubRequest.Get("/repos/{owner}/{repo}/labels", repository.Owner, repository.Name);
        await foreach (var label in client.SendPagesAsync(all, LabelsJson.Default.ListLabel, cancellationToken))
        {
            labels.Add(label);
        }

        var create = GitHubRequest.Create(HttpMethod.Post, "/repos/{owner}/{repo}/labels", repository.Owner, repository.Name)
            .WithJson(new Label("size/L", "ededed"), LabelsJson.Default.Label);
        labels.Add(await client.SendAsync(create, LabelsJson.Default.Label, cancellationToken));
        // end-snippet
        return labels;
    }

    private static async Task<string> ReadAsync(IGitHubIntegrationClient client, RepositoryRef repository, CancellationToken cancellationToken)
    {
        // snippet:catch
        try
        {
            await client.GetTreeAsync(repository, cancellationToken: cancellationToken);
            return "read";
        }
        catch (ScmEmptyRepositoryException)
        {
            return "no commit yet";
        }
        catch (ScmNotFoundException)
        {
            return "missing, or not visible";
        }
        catch (ScmRateLimitException limit)
        {
            return $"again at {limit.RetryAt:u}"; // primary or secondary, 403 or 429
        }
        catch (ScmException error) when (error.IsTransient)
        {
            return "it has been asked again already, and may pass";
        }
        // end-snippet
    }

    private static async Task<HttpStatusCode> OtherAsync(IGitHubIntegrationClientFactory clients, Uri address, CancellationToken cancellationToken)
    {
        // snippet:handler
        using var http = new HttpClient(clients.CreateHandler()) { BaseAddress = address };
        using var response = await http.GetAsync("rate_limit", cancellationToken);
        // end-snippet
        return response.StatusCode;
    }
}

// snippet:shape
internal sealed record Label(string Name, string Color);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Label))]
[JsonSerializable(typeof(List<Label>))]
internal sealed partial class LabelsJson : JsonSerializerContext;
// end-snippet
