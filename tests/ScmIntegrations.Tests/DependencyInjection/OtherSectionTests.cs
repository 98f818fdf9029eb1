using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ScmIntegrations.Accounts;
using ScmIntegrations.CodingAgents.Copilot;
using ScmIntegrations.CodingAgents.Cursor;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.UserTokens;
using ScmIntegrations.ToolGateways.Scalekit;

namespace ScmIntegrations.Tests.DependencyInjection;

/// <summary>The options of everything but GitHub clients, from sections of configuration.</summary>
public sealed class OtherSectionTests
{
    private const string Secret = "THISMUSTNEVERPRINT0123456789abcdef";

    private static readonly string Key = Convert.ToBase64String(new byte[AccountEncryptionKey.Length]);

    [Fact]
    public void A_Cursor_client_reads_one()
    {
        var read = Read<CursorAgentOptions>("cursor", builder => builder.AddCursorAgent(Section.At("Scm:Cursor", ("ApiKey", Secret), ("KeyOwner", "Customer"), ("Api", "V0"), ("Model", "best"), ("WebhookUrl", "https://acme.example/hook"), ("WebhookSecret", Secret), ("Resilience:MaxAttempts", "1"))));

        (read.ApiKey, read.KeyOwner, read.Api, read.Model, read.Resilience.MaxAttempts).Should().Be((Secret, CredentialOwner.Customer, CursorApi.V0, "best", 1));
        Failures<CursorAgentOptions>("cursor", builder => builder.AddCursorAgent(Section.At("Scm:Cursor", ("MaxPages", "0"), ("WebhookSecret", Secret), ("Resilience:Deadline", "soon")))).Should().BeEquivalentTo(
            "The Cursor client 'cursor': Scm:Cursor:ApiKey is not set.",
            "The Cursor client 'cursor': Scm:Cursor:MaxPages is 0; it is from 1 to 1000 pages.",
            "The Cursor client 'cursor': Scm:Cursor:WebhookSecret is set without Scm:Cursor:WebhookUrl.",
            "The Cursor client 'cursor': Scm:Cursor:Resilience:Deadline is 'soon'; it is a time such as 00:01:30 from 00:00:00.01 to 01:00:00.");
    }

    [Fact]
    public void A_Scalekit_client_reads_one()
    {
        var read = Read<ScalekitOptions>("scalekit", builder => builder.AddScalekit(Section.At("Scm:Scalekit", ("Address", "https://acme.scalekit.com"), ("ClientId", "skc_1"), ("ClientSecret", Secret), ("ToolTimeout", "00:00:10"))));

        (read.Address, read.ClientId, read.ClientSecret, read.ToolTimeout).Should().Be((new Uri("https://acme.scalekit.com"), "skc_1", Secret, TimeSpan.FromSeconds(10)));
        Failures<ScalekitOptions>("scalekit", builder => builder.AddScalekit(Section.At("Scm:Scalekit", ("Address", "http://acme.scalekit.com"), ("ClientSecret", $"{Secret} x")))).Should().BeEquivalentTo(
            "The Scalekit client 'scalekit': Scm:Scalekit:Address is 'http://acme.scalekit.com/'; a credential travels over https, or over http to this machine alone.",
            "The Scalekit client 'scalekit': Scm:Scalekit:ClientId is not set.",
            "The Scalekit client 'scalekit': Scm:Scalekit:ClientSecret is empty or has characters that cannot be part of it; it is visible ASCII without white space.");
    }

    [Fact]
    public void A_client_of_user_tokens_reads_one()
    {
        var read = Read<GitHubUserTokenOptions>("", builder => builder.AddGitHubUserTokens(Section.At("Scm:App", ("ClientId", "Iv1"), ("ClientSecret", Secret))));

        (read.ClientId, read.ClientSecret).Should().Be(("Iv1", Secret));
        Failures<GitHubUserTokenOptions>("", builder => builder.AddGitHubUserTokens(Section.At("Scm:App", ("ApiAddress", "https://github.com"), ("ClientSecret", "a b")))).Should().BeEquivalentTo(
            "The default client of GitHub's user tokens: Scm:App:ClientId is not set.",
            "The default client of GitHub's user tokens: Scm:App:ApiAddress is github.com, the site; its API is https://api.github.com.",
            "The default client of GitHub's user tokens: Scm:App:ClientSecret is empty or has characters that cannot be part of it; it is visible ASCII without white space.");
    }

    [Fact]
    public void Copilots_agent_reads_one()
    {
        static void Add(IScmIntegrationsBuilder builder, params (string, string?)[] keys) => builder.AddGitHub(options => options.UseToken("a-token")).AddCopilotAgent(Section.At("Scm:Copilot", keys));

        Read<CopilotAgentOptions>("github_copilot", builder => Add(builder, ("SendsOlderBody", "true"), ("CustomAgent", "reviewer"))).SendsOlderBody.Should().BeTrue();
        Failures<CopilotAgentOptions>("github_copilot", builder => Add(builder, ("SendsOlderBody", "perhaps"), ("LaunchTimeout", "02:00:00"))).Should().BeEquivalentTo(
            "The coding agent 'github_copilot': Scm:Copilot:SendsOlderBody is 'perhaps'; it is one of true, false.",
            "The coding agent 'github_copilot': Scm:Copilot:LaunchTimeout is 02:00:00; it is from 00:00:00.01 to 01:00:00.");
    }

    [Fact]
    public void Connected_accounts_read_their_keys()
    {
        var section = Section.At("Scm:Accounts", ("EncryptionKeys:0:Id", "2026-11"), ("EncryptionKeys:0:Key", Key), ("EncryptionKeys:1:Id", "2026-10"), ("EncryptionKeys:1:Key", Key));

        Read<ConnectedAccountsOptions>("", builder => builder.AddConnectedAccounts(section).AddConnectedAccounts(section)).EncryptionKeys.Select(key => key.Id).Should().Equal("2026-11", "2026-10");
        Failures<ConnectedAccountsOptions>("", builder => builder.AddConnectedAccounts(Section.At(
            "Scm:Accounts",
            ("EncryptionKeys:0:Id", "one"),
            ("EncryptionKeys:1:Id", "two"),
            ("EncryptionKeys:1:Key", Secret),
            ("EncryptionKeys:2:Name", Secret)))).Should().BeEquivalentTo(
            "Connected accounts: Scm:Accounts:EncryptionKeys:0:Key is not set.",
            "Connected accounts: Scm:Accounts:EncryptionKeys:1 is no key: its Id is 1 to 64 of a-z, A-Z, 0-9, '.', '_' and '-', and its Key is 32 bytes in base64.",
            "Connected accounts: Scm:Accounts:EncryptionKeys:2:Name is not known; an entry has an Id and a Key.");
        Failures<ConnectedAccountsOptions>("", builder => builder.AddConnectedAccounts(Section.At("Scm:Accounts", ("EncryptionKeys", Secret)))).Should().ContainSingle().Which.Should().Contain("is one value; it is a list of keys");
    }

    [Theory]
    [InlineData(typeof(CursorAgentOptions))]
    [InlineData(typeof(ScalekitOptions))]
    [InlineData(typeof(GitHubUserTokenOptions))]
    [InlineData(typeof(CopilotAgentOptions))]
    [InlineData(typeof(ConnectedAccountsOptions))]
    public void The_tables_have_every_option_that_can_be_set(Type options)
    {
        var paths = options.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property =>
            property.Name is "Resilience" ? property.PropertyType.GetProperties().Select(part => $"Resilience.{part.Name}") : [property.Name]);

        Paths(options).Should().BeEquivalentTo(paths);
    }

    private static IEnumerable<string> Paths(Type options) =>
        options == typeof(CursorAgentOptions) ? CursorAgentOptionTable.Table.Rows.Select(row => row.Path)
        : options == typeof(ScalekitOptions) ? ScalekitOptionTable.Table.Rows.Select(row => row.Path)
        : options == typeof(GitHubUserTokenOptions) ? GitHubUserTokenOptionTable.Table.Rows.Select(row => row.Path)
        : options == typeof(CopilotAgentOptions) ? CopilotAgentOptionTable.Table.Rows.Select(row => row.Path)
        : ConnectedAccountsOptionTable.Table.Rows.Select(row => row.Path);

    private static TOptions Read<TOptions>(string name, Action<IScmIntegrationsBuilder> add)
    {
        var services = new ServiceCollection();
        add(services.AddScmIntegrations());
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
    }

    private static IEnumerable<string> Failures<TOptions>(string name, Action<IScmIntegrationsBuilder> add)
    {
        var thrown = FluentActions.Invoking(() => Read<TOptions>(name, add)).Should().Throw<OptionsValidationException>().Which;
        thrown.ToString().Should().NotContain(Secret);
        return thrown.Failures;
    }
}
