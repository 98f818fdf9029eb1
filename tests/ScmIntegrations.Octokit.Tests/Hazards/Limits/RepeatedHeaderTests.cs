using Microsoft.AspNetCore.Http;
using Octokit;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Hazards.Limits;

/// <summary>Headers that Octokit drops: all values but the first, and those of the body.</summary>
public sealed class RepeatedHeaderTests
{
    private static readonly Answer Repeated = Answers.Custom((context, cancellationToken) =>
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.Append("X-OAuth-Scopes", "repo");
        context.Response.Headers.Append("X-OAuth-Scopes", "read:org");
        context.Response.Headers.LastModified = "Thu, 01 Jan 2026 12:00:00 GMT";
        return context.Response.WriteAsync(Payloads.Repository("acme/api"), cancellationToken);
    });

    [Fact]
    public async Task All_values_of_a_header_are_kept()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Repeated);

        var response = await fixture.RunAsync(octokit => octokit.Connection.Get<Repository>(new Uri("repos/acme/api", UriKind.Relative), null));

        response.HttpResponse.Headers["X-OAuth-Scopes"].Should().Be("repo, read:org");
        response.HttpResponse.ApiInfo.OauthScopes.Should().Equal("repo", "read:org");
        response.HttpResponse.Headers["Last-Modified"].Should().Be("Thu, 01 Jan 2026 12:00:00 GMT");
    }

    [Fact]
    public async Task Plain_Octokit_keeps_the_first_value_and_no_header_of_the_body()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Repeated);

        var response = await fixture.Plain().Connection.Get<Repository>(new Uri("repos/acme/api", UriKind.Relative), null);

        response.HttpResponse.Headers["X-OAuth-Scopes"].Should().Be("repo");
        response.HttpResponse.Headers.Should().NotContainKey("Last-Modified");
    }
}
