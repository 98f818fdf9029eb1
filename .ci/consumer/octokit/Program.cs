// What a user of Octokit does on day one, with the package as it would be published: register, call, look at an error.
using Microsoft.Extensions.DependencyInjection;
using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit;
using ScmIntegrations.Testing;

await using var gitHub = await FakeGitHub.StartAsync();
gitHub.AddRepository("acme/api");
var app = gitHub.AddApp(7, "Iv1.consumer");
gitHub.AddInstallation(app, 42, "acme");

await using var services = new ServiceCollection()
    .AddScmIntegrations()
    .AddGitHub(options =>
    {
        options.ApiAddress = gitHub.Address;
        options.UseInstallation(app.ClientId, app.PrivateKeyPem, 42);
    })
    .AddOctokit()
    .Services.BuildServiceProvider();
var client = services.GetRequiredService<IOctokitIntegrationClient>();

Expect("as Octokit's own client", (await services.GetRequiredService<IGitHubClient>().Repository.Get("acme", "api")).FullName, "acme/api");
Expect("as an interaction", (await client.RunAsync("get_repository", octokit => octokit.Repository.Get("acme", "api"))).FullName, "acme/api");
Expect("missing", await MissingAsync(), $"{ErrorReason.NotFound}, because of {nameof(NotFoundException)}");
Expect("strangers' requests", gitHub.UnmatchedRequests.Count, 0);
Console.WriteLine($"OK: {typeof(IOctokitIntegrationClient).Assembly.GetName()}");

async Task<string> MissingAsync()
{
    try
    {
        await client.RunAsync("get_repository", octokit => octokit.Repository.Get("acme", "missing"));
        throw new InvalidOperationException("A repository that is not there was found.");
    }
    catch (ScmNotFoundException exception)
    {
        return $"{exception.Reason}, because of {exception.InnerException?.GetType().Name}";
    }
}

static void Expect<T>(string what, T actual, T expected)
{
    if (!Equals(actual, expected))
    {
        throw new InvalidOperationException($"{what}: expected '{expected}', got '{actual}'.");
    }

    Console.WriteLine($"{what}: {actual}");
}
