using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Http;

/// <summary>github.com, data residency and Enterprise Server are each addressed in their own way.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("https://api.github.com", "https://api.github.com/repos/acme/api", "https://github.com/")]
    [InlineData("https://api.octo.ghe.com", "https://api.octo.ghe.com/repos/acme/api", "https://octo.ghe.com/")]
    [InlineData("https://api.octo.ghe.com/", "https://api.octo.ghe.com/repos/acme/api", "https://octo.ghe.com/")]
    [InlineData("https://git.acme.example/api/v3", "https://git.acme.example/api/v3/repos/acme/api", "https://git.acme.example/")]
    [InlineData("https://git.acme.example/api/v3/", "https://git.acme.example/api/v3/repos/acme/api", "https://git.acme.example/")]
    [InlineData("https://git.acme.example:8443/api/v3", "https://git.acme.example:8443/api/v3/repos/acme/api", "https://git.acme.example:8443/")]
    public void An_address_is_taken_as_it_is_given(string api, string request, string web)
    {
        var host = new GitHubHost(new Uri(api));

        host.Resolve(GitHubRequest.Get("/repos/{owner}/{repo}", "acme", "api")).Should().Be(new Uri(request));
        host.WebAddress.Should().Be(new Uri(web));
    }

    [Fact]
    public async Task An_Enterprise_Server_is_read_below_its_prefix()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.GitHub = options => options.ApiPathPrefix = "/api/v3");

        await fixture.GetApiAsync();

        fixture.GitHub.Requests.Should().ContainSingle().Which.Target.Should().Be("/api/v3/repos/acme/api");
    }

    [Fact]
    public async Task The_default_address_is_that_of_github_com()
    {
        await using var services = Register(new ServiceCollection(), options => options.UseToken("t")).BuildServiceProvider();

        services.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<GitHubIntegrationOptions>>().CurrentValue.ApiAddress
            .Should().Be(new Uri("https://api.github.com/"));
    }

    private static IServiceCollection Register(IServiceCollection services, Action<GitHubIntegrationOptions> configure) =>
        services.AddScmIntegrations().AddGitHub(configure).Services;
}
