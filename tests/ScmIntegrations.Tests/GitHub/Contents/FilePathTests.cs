using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Contents;

/// <summary>A path names its file and nothing else.</summary>
public sealed class FilePathTests
{
    [Theory]
    [InlineData("a b.txt", "a%20b.txt")]
    [InlineData("a#b.txt", "a%23b.txt")]
    [InlineData("100%.txt", "100%25.txt")]
    [InlineData("%2e%2e/x", "%252e%252e/x")]
    [InlineData("a?ref=other", "a%3Fref%3Dother")]
    [InlineData("a&b=c+d;e", "a%26b%3Dc%2Bd%3Be")]
    [InlineData("grüße/日本.md", "gr%C3%BC%C3%9Fe/%E6%97%A5%E6%9C%AC.md")]
    [InlineData("{owner}/x", "%7Bowner%7D/x")]
    [InlineData("..x/...", "..x/...")]
    [InlineData("a\\b", "a%5Cb")]
    [InlineData("..\\x", "..%5Cx")]
    public async Task A_path_is_escaped_name_by_name(string path, string escaped)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Api().PutFile(path, path);

        (await fixture.GetFileAsync(path)).GetText().Should().Be(path);
        fixture.GitHub.Requests.Should().ContainSingle().Which.Target.Should().Be($"/repos/acme/api/contents/{escaped}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/../../../user")]
    [InlineData("a/./b")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public async Task A_path_that_git_cannot_hold_is_refused_before_anything_is_sent(string path)
    {
        await using var fixture = await ClientFixture.StartAsync();

        var get = () => fixture.GetFileAsync(path);
        var open = () => fixture.OpenFileAsync(path);

        await get.Should().ThrowAsync<ArgumentException>();
        await open.Should().ThrowAsync<ArgumentException>();
        fixture.GitHub.Requests.Should().BeEmpty();
        fixture.CountedOutcomes.Should().BeEmpty();
    }

    [Fact]
    public async Task Half_a_character_is_refused_because_it_would_become_another()
    {
        await using var fixture = await ClientFixture.StartAsync();

        var get = () => fixture.GetFileAsync("a" + (char)0xd800 + "b");

        await get.Should().ThrowAsync<ArgumentException>();
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_path_that_is_too_long_is_refused_with_the_limit()
    {
        await using var fixture = await ClientFixture.StartAsync();

        var get = () => fixture.GetFileAsync(new string('a', 4097));

        (await get.Should().ThrowAsync<ArgumentException>()).Which.Message.Should().Contain("4097").And.Contain("4096");
    }

    [Fact]
    public async Task A_ref_is_checked_too()
    {
        await using var fixture = await ClientFixture.StartAsync();

        var get = () => fixture.GetFileAsync("a", "../main");

        await get.Should().ThrowAsync<ArgumentException>();
        fixture.GitHub.Requests.Should().BeEmpty();
    }
}
