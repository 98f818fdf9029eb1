using ScmIntegrations.CodingAgents;

namespace ScmIntegrations.Tests.CodingAgents;

public sealed class AgentBranchNameTests
{
    [Theory]
    [InlineData("Fix the login page now", "fix-the-login")]
    [InlineData("  fix_the   Login  ", "fix-the-login")]
    [InlineData("feature/New_Thing", "feature/new-thing")]
    [InlineData("feature/", "feature")]
    [InlineData("a//b", "a/b")]
    [InlineData("/etc/passwd", "etc/passwd")]
    [InlineData("--upload-pack=evil", "upload-packevil")]
    [InlineData("a/-b", "a/b")]
    [InlineData("v1.2..3 ~^:?*[\\ @{now}", "v123--now")]
    [InlineData("TypeError: cannot read 'x'", "typeerror-cannot-read")]
    [InlineData("", "branch")]
    [InlineData("   ", "branch")]
    [InlineData("修正する", "branch")]
    [InlineData("///", "branch")]
    [InlineData("a\nb\tc d", "a-b-c")]
    [InlineData("x.lock", "xlock")]
    public void Any_text_becomes_a_name_that_git_takes(string text, string expected)
    {
        var name = AgentBranchName.Of(text, "key");

        name.Should().MatchRegex($"^{expected}-[a-z0-9]{{6}}$");
    }

    [Fact]
    public void The_suffix_is_of_the_key()
    {
        AgentBranchName.Of("Fix it", "a").Should().Be(AgentBranchName.Of("Fix it", "a")).And.NotBe(AgentBranchName.Of("Fix it", "b"));
    }

    [Fact]
    public void It_is_bounded() => AgentBranchName.Of(new string('a', 5000), "key").Length.Should().Be(107);
}
