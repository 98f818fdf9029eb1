using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ScmIntegrations.AspNetCore.Webhooks;
using ScmIntegrations.CodingAgents.Cursor;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.GitHub.UserTokens;
using ScmIntegrations.GitHub.Webhooks;
using ScmIntegrations.ToolGateways;
using ScmIntegrations.ToolGateways.Scalekit;

namespace ScmIntegrations.ConventionTests.Conventions;

/// <summary>Whatever holds a secret keeps it out of text: printing, dumping, the debugger's view.</summary>
public sealed class SecretTests
{
    private const string Token = "ghs_THISMUSTNEVERPRINT0123456789";

    private static readonly string Pem = NewKey();

    public static TheoryData<string> Holders => [.. Secrets().Keys];

    [Theory]
    [MemberData(nameof(Holders))]
    public void A_secret_is_not_printed(string holder) => Leaks($"{Secrets()[holder]}").Should().BeFalse();

    [Theory]
    [InlineData(nameof(GitHubInstallationToken))]
    [InlineData(nameof(TokenCredential))]
    [InlineData(nameof(GitHubAppOptions))]
    [InlineData(nameof(RsaAppJwtSigner))]
    [InlineData(nameof(GitHubWebhookReceiver))]
    [InlineData(nameof(GitHubWebhookOptions))]
    [InlineData(nameof(CursorAgentOptions))]
    [InlineData(nameof(CursorWebhookReceiver))]
    [InlineData(nameof(ScalekitOptions))]
    [InlineData(nameof(AuthorizationLink))]
    [InlineData(nameof(GitHubUserTokenOptions))]
    [InlineData(nameof(GitHubUserToken))]
    [InlineData(nameof(GitHubDeviceCode))]
    [InlineData($"{nameof(GitHubIntegrationOptions)} with a token")]
    [InlineData($"{nameof(GitHubIntegrationOptions)} with a key")]
    [InlineData($"{nameof(GitHubIntegrationOptions)} from configuration")]
    public void A_secret_does_not_stand_in_a_dump_of_public_properties(string holder) => Leaks(Dump(Secrets()[holder])).Should().BeFalse();

    [Theory]
    [MemberData(nameof(Holders))]
    public void A_secret_is_not_shown_by_the_debugger(string holder)
    {
        var secret = Secrets()[holder];

        secret.GetType().GetProperties()
            .Where(property => property.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State != DebuggerBrowsableState.Never)
            .Select(property => $"{property.GetValue(secret)}")
            .Should().NotContain(text => Leaks(text));
    }

    [Fact]
    public void A_leak_is_seen()
    {
        Leaks($"token {Token}!").Should().BeTrue();
        Leaks(Dump(new { Key = Pem })).Should().BeTrue();
        Leaks("nothing").Should().BeFalse();
    }

    private static Dictionary<string, object> Secrets()
    {
        var withToken = new GitHubIntegrationOptions();
        withToken.UseToken(Token);
        var withKey = new GitHubIntegrationOptions();
        withKey.UseInstallation("Iv1.client", Pem, 42);
        return new(StringComparer.Ordinal)
        {
            [nameof(GitHubToken)] = new GitHubToken(Token),
            [nameof(GitHubInstallationToken)] = new GitHubInstallationToken { Token = new GitHubToken(Token), ExpiresAt = DateTimeOffset.UnixEpoch },
            [nameof(TokenCredential)] = new TokenCredential(Token),
            [nameof(RsaAppJwtSigner)] = RsaAppJwtSigner.FromPem(Pem),
            [nameof(GitHubAppOptions)] = withKey.App!,
            [$"{nameof(GitHubIntegrationOptions)} with a token"] = withToken,
            [$"{nameof(GitHubIntegrationOptions)} with a key"] = withKey,
            [$"{nameof(GitHubIntegrationOptions)} from configuration"] = Configured(),
            [nameof(GitHubWebhookReceiver)] = new GitHubWebhookReceiver(Token),
            [nameof(GitHubWebhookOptions)] = new GitHubWebhookOptions { Secrets = { Token } },
            [nameof(CursorAgentOptions)] = new CursorAgentOptions { ApiKey = Token, WebhookSecret = Token },
            [nameof(CursorWebhookReceiver)] = new CursorWebhookReceiver(Token),
            [nameof(ScalekitOptions)] = new ScalekitOptions { ClientSecret = Token },
            [nameof(AuthorizationLink)] = new AuthorizationLink(new Uri($"https://acme.example/magicLink/{Token}"), expiresAt: null),
            [nameof(GitHubUserTokenOptions)] = new GitHubUserTokenOptions { ClientId = "Iv1.client", ClientSecret = Token },
            [nameof(GitHubUserToken)] = new GitHubUserToken { AccessToken = new GitHubToken(Token), RefreshToken = new GitHubToken(Token) },
            [nameof(GitHubDeviceCode)] = new GitHubDeviceCode(Token) { UserCode = "WDJB-MJHT", VerificationAddress = new("https://github.com/login/device"), ExpiresAt = DateTimeOffset.UnixEpoch },
        };
    }

    private static GitHubIntegrationOptions Configured()
    {
        var section = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Scm:App:ClientId"] = "Iv1.client", ["Scm:App:PrivateKey"] = Pem })
            .Build()
            .GetSection("Scm");
        var services = new ServiceCollection();
        services.AddScmIntegrations().AddGitHub(section);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<GitHubIntegrationOptions>>().Value;
    }

    private static string Dump(object value) => JsonSerializer.Serialize(value, value.GetType());

    /// <summary>Whether a text shows the token, or any line of the key, however it is escaped.</summary>
    private static bool Leaks(string text) => Pem.Split('\n').Where(line => !line.StartsWith('-') && line.Length > 16).Select(line => line[..16]).Append(Token)
        .Any(secret => text.Replace("\\u002B", "+", StringComparison.OrdinalIgnoreCase).Contains(secret, StringComparison.Ordinal));

    private static string NewKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportRSAPrivateKeyPem();
    }
}
