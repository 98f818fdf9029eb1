using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.CodingAgents.Copilot;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.Infrastructure;

/// <summary>How a test wants its <see cref="ClientFixture"/>.</summary>
internal sealed class ClientSetup
{
    public const string Token = "ghp_TheTokenOfOctocat0123456789abcdefgh";
    public const string ClientId = "Iv23liAcmeApp";
    public const long InstallationId = 7;

    /// <summary>The clock of the client, and of the fake unless it has its own. The system's by default.</summary>
    public ManualTimeProvider? Time { get; set; }

    /// <summary>The clock of the fake, when it differs.</summary>
    public TimeProvider? ServerTime { get; set; }

    /// <summary>Whom to speak to instead of the fake.</summary>
    public Uri? ApiAddress { get; set; }

    /// <summary>Speaks as installation 7 of an App on <c>acme</c>, instead of with octocat's token.</summary>
    public bool AsInstallation { get; set; }

    public Action<FakeGitHubOptions>? GitHub { get; set; }

    public Action<GitHubIntegrationOptions>? Client { get; set; }

    public Action<IHttpClientBuilder>? HttpClient { get; set; }

    /// <summary>Registers Copilot's coding agent for the client as well.</summary>
    public Action<CopilotAgentOptions>? Agent { get; set; }

    public Action<IScmIntegrationsBuilder, FakeGitHub>? MoreClients { get; set; }

    public void Apply(GitHubIntegrationOptions options, FakeGitHub gitHub)
    {
        options.ApiAddress = ApiAddress ?? gitHub.Address;
        options.Resilience.BackoffBase = TimeSpan.Zero;
        if (AsInstallation)
        {
            gitHub.AddInstallation(gitHub.AddApp(1, ClientId, TestKeys.Pkcs1), InstallationId, "acme");
            options.UseInstallation(ClientId, TestKeys.Pkcs1, InstallationId);
        }
        else
        {
            options.UseToken(Token);
        }

        Client?.Invoke(options);
    }
}
