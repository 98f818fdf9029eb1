namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>
/// What the pages of this checkout say is still so. Code that has changed where it is quoted from is brought onto the pages by
/// <c>UPDATE_DOCS=1 dotnet test tests/ScmIntegrations.ConventionTests</c>, and the difference is reviewed.
/// </summary>
public sealed class PageTests
{
    private const string Index = "docs/README.md";

    public static TheoryData<string> Pages => [.. Checkout.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_is_quoted_from_files_that_compile(string page)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") is "1")
        {
            Checkout.Write(page, QuoteCheck.Refresh(Checkout.Page(page), Checkout.Files));
        }

        QuoteCheck.Problems(Checkout.Page(page), Checkout.Files).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_somewhere(string page) =>
        LinkCheck.Problems(Checkout.Page(page), Checkout.Files).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_run_what_is_there(string page) =>
        CommandCheck.Problems(Checkout.Page(page), Checkout.Files).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Pages))]
    public void Files_that_are_named_are_there(string page) =>
        PathCheck.Problems(Checkout.Page(page), Checkout.Files).Should().BeEmpty();

    [Fact]
    public void The_index_links_to_every_page_of_docs() =>
        IndexCheck.Problems(Checkout.Page(Index), Checkout.Pages.Where(page => page.StartsWith("docs/", StringComparison.Ordinal) && page is not Index)).Should().BeEmpty();

    [Fact]
    public void The_readme_quotes_its_first_screen_and_leads_to_the_index()
    {
        var readme = Checkout.Page("README.md");

        readme.Text.Should().Contain("<!-- snippet: samples/Quickstart/Tour/FirstScreen.cs first-screen -->");
        LinkCheck.Targets(readme).Should().Contain(Index);
    }
}
