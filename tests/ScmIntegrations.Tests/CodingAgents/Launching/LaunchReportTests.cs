using System.Text.Json;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.CodingAgents.Launching;

namespace ScmIntegrations.Tests.CodingAgents.Launching;

public sealed class LaunchReportTests
{
    [Fact]
    public void It_is_written_as_a_product_s_front_end_reads_it()
    {
        var result = new CodingAgentLaunchResult("k",
        [
            new(new("acme/a")) { Task = ScriptedAgent.InState(ScmIntegrations.CodingAgents.CodingAgentState.Queued) },
            new(new("acme/b")) { Failure = new(LaunchFailureType.GitHubAppPermissions, "Missing.") { InstallationId = 42 } },
            new(new("acme/c")) { Failure = new(LaunchFailureType.Generic, "No.") },
        ]);

        CodingAgentLaunchReport.Of(result).ToJson().Should().Be(
            """{"success":true,"launched_count":1,"failed_count":2,"failures":["""
            + """{"repo_name":"acme/b","error_message":"Missing.","failure_type":"github_app_permissions","github_installation_id":42},"""
            + """{"repo_name":"acme/c","error_message":"No.","failure_type":"generic"}]}""");
    }

    [Theory]
    [InlineData("""{"repo_name":"a/b","error_message":"m"}""", LaunchFailureType.Generic)]
    [InlineData("""{"repo_name":"a/b","error_message":"m","failure_type":null}""", LaunchFailureType.Generic)]
    [InlineData("""{"repo_name":"a/b","error_message":"m","failure_type":"brand_new"}""", LaunchFailureType.Generic)]
    [InlineData("""{"repo_name":"a/b","error_message":"m","failure_type":{"x":[1]}}""", LaunchFailureType.Generic)]
    [InlineData("""{"repo_name":"a/b","error_message":"m","failure_type":"cursor_github_access"}""", LaunchFailureType.CursorGitHubAccess)]
    public void What_others_wrote_is_read_and_an_unknown_type_is_generic(string failure, LaunchFailureType expected) =>
        CodingAgentLaunchReport.Parse($$"""{"success":false,"launched_count":0,"failed_count":1,"failures":[{{failure}}],"more":1}""")
            .Failures.Should().ContainSingle().Which.FailureType.Should().Be(expected);

    [Theory]
    [InlineData("42")]
    [InlineData("\"42\"")]
    public void An_installation_is_read_as_number_or_text(string id) =>
        CodingAgentLaunchReport.Parse($$"""{"failures":[{"repo_name":"a/b","error_message":"m","github_installation_id":{{id}}}]}""")
            .Failures[0].GithubInstallationId.Should().Be(42);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"failures":[{"error_message":"m"}]}""")]
    public void What_is_no_report_is_refused(string json) => ((Action)(() => CodingAgentLaunchReport.Parse(json))).Should().Throw<JsonException>();

    [Fact]
    public void Every_type_has_a_name_of_its_own_that_is_read_back()
    {
        var types = Enum.GetValues<LaunchFailureType>();

        types.Select(type => type.ToName()).Should().OnlyHaveUniqueItems().And.Contain(
        [
            "generic", "github_app_permissions", "github_copilot_not_licensed", "github_copilot_insufficient_quota", "cursor_github_access",
        ]);
        types.Should().OnlyContain(type => LaunchFailureTypes.Parse(type.ToName()) == type);
        ((LaunchFailureType)99).ToName().Should().Be("generic");
    }
}
