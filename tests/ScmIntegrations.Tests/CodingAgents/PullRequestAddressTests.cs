using ScmIntegrations.CodingAgents;

namespace ScmIntegrations.Tests.CodingAgents;

public sealed class PullRequestAddressTests
{
    [Theory]
    [InlineData("https://github.com/acme/api/pull/7", 7)]
    [InlineData("https://github.com/ACME/Api/pull/2147483647", int.MaxValue)]
    public void One_of_the_same_repository_is_taken(string url, int number) =>
        CodingAgentPullRequest.Of(url, new("acme/api"))!.Number.Should().Be(number);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://github.com/acme/web/pull/7")]
    [InlineData("https://github.com/acme/api2/pull/7")]
    [InlineData("http://github.com/acme/api/pull/7")]
    [InlineData("https://github.com.evil.example/acme/api/pull/7")]
    [InlineData("https://evil.example/acme/api/pull/7")]
    [InlineData("https://user@github.com/acme/api/pull/7")]
    [InlineData("https://github.com:8443/acme/api/pull/7")]
    [InlineData("https://github.com/acme/api/pull/7/files")]
    [InlineData("https://github.com/acme/api/pull/7?x=1")]
    [InlineData("https://github.com/acme/api/pull/7#evil")]
    [InlineData("https://github.com/acme/api/pull/0")]
    [InlineData("https://github.com/acme/api/pull/-1")]
    [InlineData("https://github.com/acme/api/pull/+7")]
    [InlineData("https://github.com/acme/api/pull/7 ")]
    [InlineData("https://github.com/acme/api/pull/")]
    [InlineData("https://github.com/acme/api/pull/99999999999")]
    [InlineData("https://github.com/acme/api/issues/7")]
    [InlineData("https://github.com/acme/../evil/api/pull/7")]
    [InlineData("javascript:alert(1)//https://github.com/acme/api/pull/7")]
    public void Anything_else_is_none(string? url) => CodingAgentPullRequest.Of(url, new("acme/api")).Should().BeNull();

    [Fact]
    public void Another_GitHub_has_its_own_pages()
    {
        CodingAgentPullRequest.Of("https://git.example.com/acme/api/pull/7", new("acme/api"), new("https://git.example.com/")).Should().NotBeNull();
        CodingAgentPullRequest.Of("https://github.com/acme/api/pull/7", new("acme/api"), new("https://git.example.com/")).Should().BeNull();
    }
}
