namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>Each check of a page finds what it is there for, and nothing else.</summary>
public sealed class PageCheckTests
{
    private static readonly SourceFiles Files = SourceFiles.InMemory(
        ("src/Code.cs", "class A\n{\n    // snippet:one\n    int a;\n\n        int b;\n    // end-snippet\n    // snippet:twice\n    // end-snippet\n    // snippet:twice\n    // end-snippet\n}\n"),
        ("docs/other.md", "# Other\n## The `Retry-After` header, and more\n## Twice\n## Twice\n<a id=\"named\"></a>\n```\n# no heading\n```\n"),
        ("docs/images/picture.png", ""),
        ("README.md", "# Top\n"),
        ("samples/Tour", ""),
        ("src", ""),
        ("docs", ""),
        ("src/ScmIntegrations/Room", ""),
        ("src/ScmIntegrations/Room/Thing.cs", ""));

    [Theory]
    [InlineData("<!-- snippet: src/Code.cs one -->\n```csharp\nint a;\n\n    int b;\n```\n")]
    [InlineData("```\nint a;\n```\n")]
    [InlineData("```json\n{}\n```\n")]
    [InlineData("no code at all")]
    public void Quoted_code_and_other_languages_pass(string text) => Quotes(text).Should().BeEmpty();

    [Theory]
    [InlineData("one\n\n```csharp\nint a;\n```\n", "docs/page.md:3: this C# is not quoted*")]
    [InlineData("```cs\nint a;\n```\n", "docs/page.md:1: this C# is not quoted*")]
    [InlineData("  ~~~~ C#\n  int a;\n  ~~~~\n", "docs/page.md:1: this C# is not quoted*")]
    [InlineData("<!-- snippet: src/Code.cs one -->\n\n```csharp\nint a;\n\n    int b;\n```\n", "docs/page.md:3: this C# is not quoted*")]
    [InlineData("<!-- snippet: src/Code.cs one -->\n```csharp\nint a;\n```\n", "docs/page.md:2: differs from the snippet one of src/Code.cs*")]
    [InlineData("<!-- snippet: src/Code.cs none -->\n```csharp\nint a;\n```\n", "docs/page.md:2: src/Code.cs has no snippet none*")]
    [InlineData("<!-- snippet: src/Code.cs twice -->\n```csharp\n\n```\n", "docs/page.md:2: src/Code.cs has no snippet twice, or has it twice")]
    [InlineData("<!-- snippet: src/Gone.cs one -->\n```csharp\nint a;\n```\n", "docs/page.md:2: there is no file src/Gone.cs")]
    [InlineData("<!-- snippet: src/Code.cs one -->\ntext\n", "docs/page.md:1: no block of C# stands below this quotation")]
    public void Unquoted_or_different_code_is_found(string text, string problem) => Quotes(text).First().Should().Match(problem);

    [Fact]
    public void A_quotation_that_is_out_of_date_is_taken_anew_and_nothing_else_changes() =>
        QuoteCheck.Refresh(new("docs/page.md", "a\n<!-- snippet: src/Code.cs one -->\n```csharp\nold\n```\nb\n<!-- snippet: src/Code.cs none -->\n```csharp\nkept\n```\n"), Files)
            .Should().Be("a\n<!-- snippet: src/Code.cs one -->\n```csharp\nint a;\n\n    int b;\n```\nb\n<!-- snippet: src/Code.cs none -->\n```csharp\nkept\n```\n");

    [Theory]
    [InlineData("[other](other.md), [there](other.md#the-retry-after-header-and-more), [up](../README.md#top), [top](/README.md)")]
    [InlineData("![picture](images/picture.png \"title\") <img src=\"images/picture.png\" alt=\"x\">")]
    [InlineData("[a](other.md#twice-1) [b](other.md#named) [here](#heading)\n# Heading\n[c]: other.md")]
    [InlineData("[web](https://example.com/none) [mail](mailto:a@example.com) `[no](link.md)`\n```\n[no](link.md)\n```\n")]
    [InlineData("[code](../src/Code.cs#L3)")]
    public void Links_that_lead_somewhere_pass(string text) => Links(text).Should().BeEmpty();

    [Theory]
    [InlineData("\n[gone](gone.md)", "docs/page.md:2: the link to gone.md leads nowhere")]
    [InlineData("[![a](images/gone.png)](other.md)", "docs/page.md:1: the link to images/gone.png leads nowhere")]
    [InlineData("<img alt=\"x\" src=\"gone.svg\">", "docs/page.md:1: the link to gone.svg leads nowhere")]
    [InlineData("[out](../../secret.md)", "docs/page.md:1: the link to ../../secret.md leads nowhere")]
    [InlineData("[a](other.md#none)", "docs/page.md:1: docs/other.md has no heading #none")]
    [InlineData("[a](other.md#no-heading)", "docs/page.md:1: docs/other.md has no heading #no-heading")]
    [InlineData("[a](other.md#twice-2)", "docs/page.md:1: docs/other.md has no heading #twice-2")]
    [InlineData("[a](#none)", "docs/page.md:1: docs/page.md has no heading #none")]
    [InlineData("[c]: gone.md", "docs/page.md:1: the link to gone.md leads nowhere")]
    public void Links_that_lead_nowhere_are_found(string text, string problem) => Links(text).Should().Equal(problem);

    [Theory]
    [InlineData("`dotnet run --project samples/Tour`, and so on", 0)]
    [InlineData("dotnet test\ndotnet build -c Release\ndotnet pack -p:Version=1.0.0\ndotnet run -c Release --project samples/Tour -- report", 0)]
    [InlineData("```\ndotnet run --project samples/Gone\n```", 1)]
    [InlineData("X=1 dotnet test tests/Gone   comment", 1)]
    [InlineData("`scripts/gone.sh` and `.ci/gone`", 2)]
    public void Commands_for_what_is_not_there_are_found(string text, int problems) =>
        CommandCheck.Problems(new("docs/page.md", text), Files).Should().HaveCount(problems);

    [Theory]
    [InlineData("`src/Code.cs`, `docs/images/picture.png`, `Room/Thing`, `Room/`, owner/name, `application/json`, and/or, `../x`", 0)]
    [InlineData("`src/Gone.cs`", 1)]
    [InlineData("     drawing     Room/Gone     what it does", 1)]
    [InlineData("(`docs/gone`), `Room/Other/Thing`", 2)]
    public void Names_of_files_that_are_gone_are_found(string text, int problems) =>
        PathCheck.Problems(new("docs/page.md", text), Files).Should().HaveCount(problems);

    [Fact]
    public void A_page_that_the_index_leaves_out_is_found() =>
        IndexCheck.Problems(new("docs/README.md", "[one](one.md) [two](how-to/two.md#part)"), ["docs/one.md", "docs/how-to/two.md", "docs/three.md"])
            .Should().Equal("docs/README.md does not link to docs/three.md");

    private static IEnumerable<string> Quotes(string text) => QuoteCheck.Problems(new("docs/page.md", text), Files);

    private static IEnumerable<string> Links(string text) => LinkCheck.Problems(new("docs/page.md", text), Files);
}
