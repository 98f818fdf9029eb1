using ScmIntegrations.Http;

namespace ScmIntegrations.Tests.Http;

public sealed class LinkHeaderTests
{
    [Theory]
    [InlineData("<https://a/?page=2>; rel=\"next\", <https://a/?page=9>; rel=\"last\"", "https://a/?page=2")]
    [InlineData("<https://a/?page=1>; rel=\"prev\", <https://a/?page=3>; rel=\"next\"", "https://a/?page=3")]
    [InlineData("<https://a/?a=1,2>; rel=\"next\"", "https://a/?a=1,2")]
    [InlineData("<https://a/>; title=\"x, y\"; REL=next", "https://a/")]
    [InlineData("<https://a/>; rel=\"prev next\"", "https://a/")]
    [InlineData("<https://a/>;rel = \"NEXT\"", "https://a/")]
    [InlineData("<https://a/1>; rel=\"next\", <https://a/2>; rel=\"next\"", "https://a/1")]
    [InlineData("<https://a/>; rel=\"nextish\"", null)]
    [InlineData("<https://a/>; title=\"next\"", null)]
    [InlineData("<https://a/>; title=\"a;rel=next\"", null)]
    [InlineData("<https://a/>; rel", null)]
    [InlineData("<https://a/", null)]
    [InlineData("", null)]
    public void The_next_page_is_read_as_the_standard_says(string header, string? next) =>
        LinkHeader.FindNext([header]).Should().Be(next);

    [Fact]
    public void The_next_page_may_stand_in_a_second_header() =>
        LinkHeader.FindNext(["<https://a/9>; rel=\"last\"", "<https://a/2>; rel=\"next\""]).Should().Be("https://a/2");
}
