// What a user does on day one, with the packages as they would be published: register, scan, look at the statuses.
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;

await using var gitHub = await FakeGitHub.StartAsync();
gitHub.AddRepository("acme/api", repository => repository.Push(new FakeTreeBuilder().File("README.md", "# API").File("src/Program.cs").Build()));
gitHub.AddRepository("acme/empty");
gitHub.AddRepository("acme/old", repository => repository.IsArchived = true);
var app = gitHub.AddApp(7, "Iv1.consumer");
gitHub.AddInstallation(app, 42, "acme");

await using var services = new ServiceCollection()
    .AddScmIntegrations()

    // Nobody listens there: what instances share may be missing at any time.
    .AddPostgreSql("Host=127.0.0.1;Port=1;Username=nobody;Database=none")
    .UseDataProtection()
    .AddGitHub(options =>
    {
        options.ApiAddress = gitHub.Address;
        options.UseInstallation(app.ClientId, app.PrivateKeyPem, 42);
    })
    .Services.BuildServiceProvider();
var client = services.GetRequiredService<IGitHubIntegrationClient>();

Expect("pass 1", await ScanAsync(), "acme/api Fetched 2, acme/empty Empty 0");
Expect("pass 2", await ScanAsync(), "acme/api Cached 2, acme/empty Empty 0");
Expect("tree requests", gitHub.Count(HttpMethod.Get, "/repos/{owner}/{repo}/git/trees/{sha}"), 2);
Expect("uncached and empty", await ThrownByAsync<ScmEmptyRepositoryException>("acme/empty"), ErrorReason.EmptyRepository);
Expect("missing", await ThrownByAsync<ScmNotFoundException>("acme/missing"), ErrorReason.NotFound);
Expect("strangers' requests", gitHub.UnmatchedRequests.Count, 0);
Console.WriteLine($"OK: {typeof(IGitHubIntegrationClient).Assembly.GetName()}");

async Task<string> ScanAsync()
{
    var results = new List<TreeScanResult>();
    await foreach (var result in client.ScanTreesAsync())
    {
        results.Add(result);
    }

    return string.Join(", ", results.Select(one => $"{one.Repository} {one.Status} {one.Tree?.Files.Count()}").Order(StringComparer.Ordinal));
}

async Task<ErrorReason> ThrownByAsync<T>(string repository)
    where T : ScmException
{
    try
    {
        await client.GetTreeAsync(new(repository), "main");
        throw new InvalidOperationException($"{repository} gave a tree.");
    }
    catch (T exception)
    {
        return exception.Reason;
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
