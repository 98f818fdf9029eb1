using FsCheck;
using FsCheck.Fluent;
using ScmIntegrations.Http;

namespace ScmIntegrations.Tests.Properties;

/// <summary>The next page is found exactly when a link to it is there, whatever stands around it.</summary>
public sealed class LinkHeaderProperties
{
    // Parameters as RFC 8288 allows them, with what ends a link or a parameter inside quotes, and quotes inside quotes.
    private static readonly string[] OtherParameters =
    [
        "title=\"a, b; rel=next\"", "title=\"a \\\" , <https://evil.example>; rel=\\\"next\\\"\"", "title=\"\\\\\"", "title=next", "title*=UTF-8''next", "type=\"text/html\"",
        "anchor=\"#x\"", "media", "relation=next", "x=\"rel=next\"", "",
    ];

    private static readonly string[] OtherRelations = ["prev", "last", "first", "nextish", "next-archive", "prev nextish", "", "https://example.com/rel/next"];

    private static readonly string[] NextRelations = ["next", "NEXT", "prev next", "next last", "  next  ", "first  next"];

    private static readonly string[] Noise = ["", " ", ",", ", ,", "noise", "rel=next", "rel=\"next\"", "<, ", "a < b, ", ">", ";;", "=", "“next”"];

    private static readonly Gen<Link> Links =
        from target in Gen.Elements("https://api.github.com/x?page=", "/x?a=1,2;b=&page=", "?page=", "")
        from page in Gen.Choose(1, 999)
        from isNext in Gen.Elements(true, false, false)
        from relation in Gen.Elements(isNext ? NextRelations : OtherRelations)
        from before in Gen.ArrayOf(Gen.Elements(OtherParameters))
        from after in Gen.ArrayOf(Gen.Elements([.. OtherParameters, "rel=next", "rel=\"prev\""]))
        from space in Gen.Elements("", " ", "\t ")
        from name in Gen.Elements("rel", "REL", "Rel")
        select new Link(target + page, isNext, string.Concat(before.Take(3).Append($"{name}{space}={space}\"{relation}\"").Concat(after.Take(3)).Select(parameter => $"{space};{space}{parameter}")));

    [Fact]
    public void The_first_link_to_the_next_page_is_found() => Property.Holds(
        Property.Lists(Links.SelectMany(link => Gen.Elements(Noise).Select(noise => (Link: link, Noise: noise)))),
        links =>
        {
            var header = string.Join(',', links.Select(one => $"{one.Noise}<{one.Link.Target}>{one.Link.Parameters}"));

            LinkHeader.FindNext([header]).Should().Be(links.FirstOrDefault(one => one.Link.IsNext).Link?.Target, header);
        });

    [Fact]
    public void Links_may_stand_in_many_headers() => Property.Holds(Property.Lists(Links), links =>
        LinkHeader.FindNext(links.Select(link => $"<{link.Target}>{link.Parameters}")).Should().Be(links.FirstOrDefault(link => link.IsNext)?.Target));

    [Fact]
    public void Any_text_is_read_to_its_end() => Property.Holds(
        Property.Lists(Gen.OneOf(Texts.Piece, Gen.Elements([.. Noise, .. OtherParameters, "<", ">", "\"", "\\", "<a>", "<a>; rel=next", "; rel=", "next"]))),
        pieces =>
        {
            var header = string.Concat(pieces);

            var next = LinkHeader.FindNext([header]);

            if (next is not null)
            {
                header.Should().Contain($"<{next}>");
                next.Should().NotContainAny("<", ">");
            }
        });

    [Fact]
    public void A_long_header_takes_no_longer_than_its_length()
    {
        foreach (var piece in new[] { "<", "<a>", "<a>;", "\"", "<a>; rel=\"", "\\", "<a>; rel=prev," })
        {
            LinkHeader.FindNext([string.Concat(Enumerable.Repeat(piece, 100_000))]).Should().BeNull();
        }
    }

    private sealed record Link(string Target, bool IsNext, string Parameters);
}
