using System.Text;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>The streaming reader reads what the serializer would read, wherever the body is cut into pieces, or off.</summary>
public sealed class TreeAnswerTests
{
    private const string One = "1111111111111111111111111111111111111111";
    private const string Two = "ABCDEF2222222222222222222222222222222222";
    private const string Blob = $$"""{"path":"src/a.cs","mode":"100644","type":"blob","sha":"{{One}}","size":12,"url":"https://api.github.com/repos/acme/api/git/blobs/{{One}}"}""";
    private const string Folder = $$"""{"path":"src","mode":"040000","type":"tree","sha":"{{One}}","url":"https://api.github.com/repos/acme/api/git/trees/{{One}}"}""";
    private const string Submodule = $$"""{"path":"vendor/lib","mode":"160000","type":"commit","sha":"{{One}}"}""";

    public static TheoryData<string> Bodies =>
    [
        Tree(Folder, Blob, Blob, Submodule),
        Tree(Folder, Blob.Replace("100644", "100755"), Blob.Replace("100644", "120000"), Blob.Replace("100644", "100666"), Blob),
        Tree(Blob, Blob.Replace("src/a.cs", "übersicht/文件.cs"), Blob.Replace("src/a.cs", """a\u00e9\/\"\\\ud83d\ude00"""), Blob),
        Tree(Blob, Blob.Replace("path", """p\u0061th"""), Blob.Replace("\"blob\"", "\"bl\\u006fb\""), Blob),
        Tree(Blob, Blob.Replace("src/a.cs", """\ud800"""), Blob),
        Tree(Blob, Blob.Replace("src/a.cs", """a\udc00b"""), Blob),
        Tree(Blob, Blob.Replace("path", """\ud800"""), Blob),
        Tree(Blob, Blob.Replace("blob", """\ud800"""), Blob),
        Tree(Blob, Blob.Replace(One, Two), Blob.Replace(One, "b10b"), Blob.Replace(One, One + One[..24]), Blob),
        Tree(Blob.Replace(One, "b10b"), Blob),
        Tree(Blob, Blob.Replace(One, One[..39] + "g"), Blob),
        Tree(Blob, Blob.Replace(One, One + One), Blob),
        Tree(Blob, Blob.Replace(One, ""), Blob),
        Tree(Blob, Blob.Replace("\"" + One, "\".." + One), Blob),
        Tree(Blob, Blob.Replace("src/a.cs", ""), Blob),
        Tree(Blob, "null", Blob),
        Tree(Blob, "null").Replace("]", """],"tree":[]"""),
        Tree(Blob, "[]", Blob),
        Tree(Blob, "7"),
        Tree(Blob, "{}"),
        Tree(Blob, Blob.Replace("12", "0"), Blob.Replace("12", "4294967295"), Blob.Replace("12", "4294967296"), Blob.Replace("12", "9223372036854775807"), Blob.Replace("12", "-1"), Blob.Replace("12", "null")),
        Tree(Blob, Blob.Replace("12", "9223372036854775808")),
        Tree(Blob, Blob.Replace("12", "1.5")),
        Tree(Blob, Blob.Replace("12", "01")),
        Tree(Blob, Blob.Replace("12", "1e3")),
        Tree(Blob, Blob.Replace("12", "\"12\"")),
        Tree(Blob, Blob.Replace("12", "[1]")),
        Tree(Blob, Blob.Replace("12", "")),
        Tree(Blob, Blob.Replace("\"mode\":\"100644\"", "\"mode\":null")),
        Tree(Blob, Blob.Replace("\"type\":\"blob\"", "\"type\":7")),
        Tree(Blob, Blob.Replace("\"type\":\"blob\",", "")),
        Tree(Blob, Blob.Replace("\"mode\":\"100644\",", "")),
        Tree(Blob, Blob.Replace("\"path\":\"src/a.cs\",", "")),
        Tree(Blob, Blob.Replace("\"path\":\"src/a.cs\"", "\"path\":null")),
        Tree(Blob, Blob.Replace("\"path\":\"src/a.cs\"", "\"path\":{}")),
        Tree(Blob, Blob.Replace($"\"sha\":\"{One}\",", "")),
        Tree(Blob, Blob.Replace($"\"sha\":\"{One}\"", "\"sha\":null")),
        Tree(Blob, Blob.Replace("}", ""","path":"other","size":null}"""), Blob),
        Tree(Blob, Blob.Replace("}", ""","path":"","extra":[{"path":[1,2,{}]},[]],"Path":1,"more":{"a":{}}}"""), Blob),
        Tree(Blob, Blob.Replace("}", ""","path":"back","extra":[{"path":[1,2,{}]},[]],"Path":1,"more":{"a":{}}}"""), Blob),
        Tree(Blob, Blob.Replace("https", "ht\\tps"), Blob, Blob.Replace("https", "ht\tps")),
        Tree(Blob, Blob.Replace("src", "s\u0001c")),
        Tree(Blob, " " + Blob, Blob + "\r\n ", "\t" + Folder.Replace(",", " , ").Replace(":", " : "), Blob),
        Tree(Blob, Blob[..^1]),
        Tree(Blob, Blob + "}"),
        Tree(Blob, Blob, ""),
        Tree(Blob, Blob).Replace("},{", "}{"),
        Tree(Blob, Blob).Replace("]", "}"),
        Tree(),
        $$"""{"sha":"{{One}}","tree":[{{Blob}}],"tree":[{{Folder}},{{Blob}}],"sha":"main","truncated":true,"truncated":false}""",
        $$"""{"truncated":true,"tree":[{{Blob}},{{Blob}}],"url":{"tree":[[1],{"sha":2}]},"sha":"{{One}}","x":[],"y":"\ud800"}""",
        $$"""{"tru\u006ecated":true,"\u0074ree":[{{Blob}}],"s\u0068a":"a\/b"}""",
        $$"""{"sha":"{{One}}","tree":[{{Blob}}],"truncated":null}""",
        $$"""{"sha":"{{One}}","tree":[{{Blob}}],"truncated":"no"}""",
        $$"""{"sha":null,"tree":[{{Blob}}]}""",
        $$"""{"sha":7,"tree":[{{Blob}}]}""",
        $$"""{"sha":"","tree":[{{Blob}}]}""",
        $$"""{"sha":"..","tree":[{{Blob}}]}""",
        $$"""{"sha":"\ud800","tree":[{{Blob}}]}""",
        $$"""{"tree":[{{Blob}}]}""",
        """{"sha":"c0ffee"}""",
        """{"sha":"c0ffee","tree":null}""",
        """{"sha":"c0ffee","tree":{}}""",
        """{"sha":"c0ffee","tree":""}""",
        """{"sha":"c0ffee","tree":[],"Tree":null,"SHA":7}""",
        """{"sha":"c0ffee","tree":[],}""",
        """{"sha":"c0ffee","tree":[]}  """,
        """{"sha":"c0ffee","tree":[]} {}""",
        """{"sha":"c0ffee","tree":[]},""",
        """{"sha":"c0ffee","tree":[] /* so */}""",
        "\ufeff" + Tree(Blob),
        "\ufeff",
        "\ufeff\ufeff" + Tree(Blob),
        " \n" + Tree(Blob),
        "", " ", "{}", "{", "[]", "null", "nul", "7", "\"tree\"", "true", "<html>", "\u0000",
    ];

    [Theory]
    [MemberData(nameof(Bodies), DisableDiscoveryEnumeration = true)]
    public async Task A_body_is_read_as_the_serializer_reads_it(string body)
    {
        var bytes = TreeBodies.Utf8(body);
        var due = await TreeBodies.ReadTwinAsync(bytes);

        foreach (var pieceBytes in new[] { 1, 2, 3, 7, 64, 1000, int.MaxValue })
        {
            (await TreeBodies.ReadAsync(bytes, pieceBytes)).Should().Be(due, $"in pieces of {pieceBytes} bytes {body} is that");
        }
    }

    [Theory]
    [MemberData(nameof(Bodies), DisableDiscoveryEnumeration = true)]
    public async Task A_body_that_breaks_off_anywhere_is_refused_as_the_serializer_refuses_it(string body)
    {
        var bytes = TreeBodies.Utf8(body);
        for (var length = 0; length < bytes.Length; length += 1 + (length / 200))
        {
            var cut = bytes[..length];

            (await TreeBodies.ReadAsync(cut, int.MaxValue)).Should().Be(await TreeBodies.ReadTwinAsync(cut), $"'{Encoding.UTF8.GetString(cut)}' is that");
        }
    }

    [Fact]
    public async Task Any_byte_may_be_another_one()
    {
        var bytes = TreeBodies.Utf8(Tree(Blob, Folder, Blob));
        foreach (var other in new byte[] { 0x00, (byte)'"', (byte)'\\', (byte)',', (byte)'}', (byte)']', (byte)'0', (byte)'A', (byte)' ', 0x80, 0xC3, 0xFF })
        {
            for (var at = 0; at < bytes.Length; at++)
            {
                var changed = (byte[])bytes.Clone();
                changed[at] = other;

                (await TreeBodies.ReadAsync(changed, int.MaxValue)).Should().Be(await TreeBodies.ReadTwinAsync(changed), $"'{Encoding.Latin1.GetString(changed)}' is that");
            }
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task The_depth_is_bounded_where_the_serializer_bounds_it(int maxDepth)
    {
        foreach (var depth in Enumerable.Range(0, 10))
        {
            var nested = new string('[', depth) + new string(']', depth);
            var deepEntry = TreeBodies.Utf8(Tree(Blob, Blob.Replace("}", $",\"x\":{(depth == 0 ? "1" : nested)}}}")));
            var deepRoot = TreeBodies.Utf8($$"""{"sha":"c0ffee","x":{{(depth == 0 ? "1" : nested)}},"tree":[]}""");

            (await TreeBodies.ReadAsync(deepEntry, 16, maxDepth)).Should().Be(await TreeBodies.ReadTwinAsync(deepEntry, maxDepth));
            (await TreeBodies.ReadAsync(deepRoot, 16, maxDepth)).Should().Be(await TreeBodies.ReadTwinAsync(deepRoot, maxDepth));
        }
    }

    [Fact]
    public async Task What_is_broken_is_named_by_its_place()
    {
        var bytes = TreeBodies.Utf8(Tree(Blob, Blob, Blob, "oops"));

        var error = await FluentActions.Invoking(() => ScmIntegrations.GitHub.Trees.Reading.TreeAnswerReader.ReadAsync(new MemoryStream(bytes), 64, TestContext.Current.CancellationToken))
            .Should().ThrowAsync<System.Text.Json.JsonException>();

        error.WithMessage($"It breaks at $.tree[3], soon after byte {Encoding.UTF8.GetString(bytes).IndexOf(",oops", StringComparison.Ordinal)}. *")
            .Which.Message.Should().NotContain("LineNumber", "the reader has not seen all bytes");
    }

    [Fact]
    public async Task The_bound_of_bytes_holds()
    {
        var bytes = TreeBodies.Utf8(Tree(Blob, Blob));

        (await TreeBodies.ReadAsync(bytes, 10, maxBytes: bytes.Length)).Should().Be(await TreeBodies.ReadTwinAsync(bytes));
        (await TreeBodies.ReadAsync(bytes, 10, maxBytes: bytes.Length - 1)).Should().Be("BodyTooLargeException");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public async Task Texts_longer_than_any_buffer_are_read_or_passed_over(int pieceBytes)
    {
        var text = new string('x', 300_000);
        var bytes = TreeBodies.Utf8($$"""{"x":"{{text}}","sha":"c0ffee","y":["{{text}}",["{{text}}"]],"tree":[{{Blob}},{{Blob.Replace("src", text)}},{{Blob.Replace("https", text)}},{{Folder}}]}""");

        (await TreeBodies.ReadAsync(bytes, pieceBytes)).Should().Be(await TreeBodies.ReadTwinAsync(bytes));
    }

    private static string Tree(params string[] entries) => $$"""{"sha":"{{One}}","url":"https://api.github.com/","tree":[{{string.Join(',', entries)}}],"truncated":false}""";
}
