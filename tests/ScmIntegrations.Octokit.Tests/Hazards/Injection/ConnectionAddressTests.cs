using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Octokit.Tests.Hazards.Injection;

/// <summary>Addresses that are given to the connection itself.</summary>
public sealed class ConnectionAddressTests
{
    [Theory]
    [InlineData("repos/acme/../../user")]
    [InlineData("repos/acme/%2e%2e/%2e%2e/user")]
    [InlineData("repos/acme/.%2E/user")]
    [InlineData("repos\\..\\user")]
    [InlineData("../user")]
    [InlineData("repos/acme/api/labels/.. ")]
    [InlineData("repos/acme/api/. ")]
    public async Task A_relative_address_with_dot_segments_is_refused(string address)
    {
        await using var fixture = await OctokitFixture.StartAsync();

        var call = () => fixture.RunAsync(octokit => octokit.Connection.Get<Repository>(new Uri(address, UriKind.Relative), null));

        await call.Should().ThrowAsync<ArgumentException>();
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("//{0}/user")]
    [InlineData("http://{0}/user")]
    public async Task An_address_of_another_host_is_refused_and_nothing_arrives_there(string template)
    {
        await using var thief = RawServer.Start(RawServer.Ok("{}"));
        await using var fixture = await OctokitFixture.StartAsync();
        var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, template, thief.Address.Authority);

        var error = await Record.ExceptionAsync(() => fixture.RunAsync(octokit => octokit.Connection.Get<Repository>(new Uri(address, UriKind.RelativeOrAbsolute), null)));

        error.Should().Match(one => one is ScmOriginBlockedException || one is ArgumentException);
        thief.Requests.Should().BeEmpty();
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_base_address_that_a_caller_brings_is_refused_when_it_is_another_host()
    {
        await using var thief = RawServer.Start(RawServer.Ok("{}"));
        await using var fixture = await OctokitFixture.StartAsync();

        var error = await Record.ExceptionAsync(() => fixture.RunAsync(octokit =>
            octokit.Connection.Post<object>(new Uri("login/oauth", UriKind.Relative), new { code = "x" }, "application/json", "application/json", thief.Address)));

        error.Should().Match(one => one is ScmOriginBlockedException || one is ArgumentException);
        thief.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_plain_address_is_taken()
    {
        await using var fixture = await OctokitFixture.StartAsync();

        var answer = await fixture.RunAsync(octokit => octokit.Connection.Get<Repository>(new Uri("repos/acme/api", UriKind.Relative), null));

        answer.Body.FullName.Should().Be("acme/api");
    }
}
