using System.Reflection;
using System.Xml.Linq;

namespace ScmIntegrations.ConventionTests.Conventions;

/// <summary>The compiler refuses a public member without a comment (CS1591); this refuses a comment without words.</summary>
public sealed class DocumentationTests
{
    [Theory]
    [MemberData(nameof(Packages.Names), MemberType = typeof(Packages))]
    public void No_comment_is_empty(string package) => Violations(Documentation(package)).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Packages.Names), MemberType = typeof(Packages))]
    public void Every_public_type_has_a_comment(string package) =>
        Assembly.Load(package).GetExportedTypes().Select(type => $"T:{type.FullName!.Replace('+', '.')}")
            .Should().BeSubsetOf(Documentation(package).Descendants("member").Select(member => member.Attribute("name")!.Value));

    [Fact]
    public void An_empty_comment_is_named() => Violations(XDocument.Parse(
        """
        <doc><members>
          <member name="T:A"><summary>Says what it is.</summary></member>
          <member name="T:B"><summary> </summary></member>
          <member name="M:A.Read(System.Int32)"><summary>Reads.</summary><param name="count"></param></member>
          <member name="M:B.Read"><inheritdoc/></member>
          <member name="M:B.Write"><summary><see cref="T:A"/></summary></member>
        </members></doc>
        """)).Should().Equal("T:B: summary", "M:A.Read(System.Int32): param count");

    /// <summary>The generator of regular expressions writes the pattern as a remark, and no summary.</summary>
    private static bool IsGenerated(XElement member) => member.Element("remarks")?.Value.TrimStart().StartsWith("Pattern:", StringComparison.Ordinal) == true;

    private static XDocument Documentation(string package) => XDocument.Load(Path.ChangeExtension(Assembly.Load(package).Location, ".xml"));

    private static IEnumerable<string> Violations(XDocument documentation) =>
        from member in documentation.Descendants("member")
        where member.Element("inheritdoc") is null && !IsGenerated(member)
        from element in member.Element("summary") is null ? [new XElement("summary")] : member.Elements()
        where !element.HasElements && string.IsNullOrWhiteSpace(element.Value)
        select $"{member.Attribute("name")!.Value}: {$"{element.Name} {element.Attribute("name")?.Value}".TrimEnd()}";
}
