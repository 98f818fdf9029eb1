using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Quickstart.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public async Task Explanation_on_the_page_is_what_is_printed()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "README.md"), TestContext.Current.CancellationToken);
        using var body = new BodyFile("""{"message":"This installation has been suspended"}""");
        string[] arguments = ["explain", "--status", "403", "--method", "POST", "--path", "/app/installations/42/access_tokens", "--body"];

        var run = await AppRun.WithAsync([.. arguments, body.Path]);

        readme.ReplaceLineEndings("\n").Should().Contain($"-- {string.Join(' ', arguments)} -\n{run.Output}```\n");
    }
}
