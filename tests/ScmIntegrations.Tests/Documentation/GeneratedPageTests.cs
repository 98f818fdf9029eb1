using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Documentation;

/// <summary>
/// Pages that are printed from the library's own tables. A page that differs from its table is written anew by
/// <c>UPDATE_DOCS=1 dotnet test tests/ScmIntegrations.Tests</c>, and the difference is reviewed.
/// </summary>
public sealed class GeneratedPageTests
{
    [Fact]
    public Task The_page_of_errors_is_that_of_the_tables() => CompareAsync("errors.md", ErrorsPage.Print());

    [Fact]
    public Task The_page_of_the_retry_table_is_that_of_the_table() => CompareAsync("retry-table.md", RetryTablePage.Print());

    [Fact]
    public Task The_page_of_the_configuration_is_that_of_the_tables() => CompareAsync("configuration.md", ConfigurationPage.Print());

    private static async Task CompareAsync(string name, string printed)
    {
        var file = Path.Combine(RepositoryRoot.Path, "docs", name);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") is "1")
        {
            await File.WriteAllTextAsync(file, printed, TestContext.Current.CancellationToken);
        }

        var onDisk = File.Exists(file) ? await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) : "";
        onDisk.ReplaceLineEndings("\n").Should().Be(printed, "docs/{0} is printed from the code: UPDATE_DOCS=1 dotnet test tests/ScmIntegrations.Tests writes it anew", name);
    }
}
