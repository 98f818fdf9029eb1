using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Infrastructure;

/// <summary>How a test wants its <see cref="OctokitFixture"/>.</summary>
internal sealed class OctokitSetup
{
    public const string Token = "ghp_TheTokenOfOctocat0123456789abcdefgh";
    public const string ClientId = "Iv23liAcmeApp";

    /// <summary>The clock of the client, and of the fake unless it has its own. The system's by default.</summary>
    public ManualTimeProvider? Time { get; set; }

    /// <summary>The clock of the fake, when it differs.</summary>
    public TimeProvider? ServerTime { get; set; }

    /// <summary>Whom to speak to instead of the fake.</summary>
    public Uri? ApiAddress { get; set; }

    public Action<FakeGitHubOptions>? GitHub { get; set; }

    public Action<GitHubIntegrationOptions>? Client { get; set; }

    public Action<IHttpClientBuilder>? HttpClient { get; set; }

    /// <summary>More clients beside the default one, each with or without Octokit.</summary>
    public Action<IScmIntegrationsBuilder, FakeGitHub>? MoreClients { get; set; }

    public void Apply(GitHubIntegrationOptions options, FakeGitHub gitHub)
    {
        options.ApiAddress = ApiAddress ?? gitHub.Address;
        options.Resilience.BackoffBase = TimeSpan.Zero;
        options.UseToken(Token);
        Client?.Invoke(options);
    }
}
