using ScmIntegrations.Http;

namespace ScmIntegrations.Tests.Http;

public sealed class AddressTextTests
{
    [Theory]
    [InlineData("https://user:secret@host.example:8443/path?query", "https://host.example:8443")]
    [InlineData("/path?query", "(relative address)")]
    public void An_origin_is_told_without_what_is_not_of_it(string address, string text) =>
        Origin.Describe(new Uri(address, UriKind.RelativeOrAbsolute)).Should().Be(text);

    [Fact]
    public void A_next_page_with_an_empty_target_is_not_overlooked() => LinkHeader.FindNext(["<>; rel=\"next\""]).Should().BeEmpty();
}
