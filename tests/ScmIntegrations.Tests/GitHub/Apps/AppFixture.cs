using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Apps;

/// <summary>A client that speaks as an App itself, to a GitHub that knows the App. The clock stands still.</summary>
internal sealed class AppFixture : IAsyncDisposable
{
    private AppFixture(ClientFixture fixture) => Fixture = fixture;

    public ClientFixture Fixture { get; }

    public FakeGitHub GitHub => Fixture.GitHub;

    public ManualTimeProvider Time => Fixture.Time;

    public required FakeApp App { get; init; }

    public IGitHubAppClient Client => Fixture.Services.GetRequiredService<IGitHubAppClient>();

    public IInstallationLookup Lookup => Fixture.Services.GetRequiredService<IInstallationLookup>();

    public static async Task<AppFixture> StartAsync(Action<GitHubIntegrationOptions>? configure = null, Action<ClientSetup>? more = null)
    {
        var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.Time = new ManualTimeProvider();
            setup.Client = options =>
            {
                options.UseApp(ClientSetup.ClientId, TestKeys.Pkcs1);
                configure?.Invoke(options);
            };
            setup.MoreClients = (builder, _) => builder.AddGitHub(_ => { }).AddInstallationLookup();
            more?.Invoke(setup);
        });
        return new(fixture) { App = fixture.GitHub.AddApp(1, ClientSetup.ClientId, TestKeys.Pkcs1) };
    }

    /// <summary>Installs the App with what it is given, for example <c>contents=write</c>.</summary>
    public FakeInstallation Install(long id, string account, string type = "Organization", params string[] permissions) =>
        GitHub.AddInstallation(App, id, account, type, permissions.Length == 0 ? null : Permissions(permissions));

    public static Dictionary<string, string> Permissions(params string[] written) =>
        written.Select(one => one.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    public async Task<IReadOnlyList<InstallationAudit>> AuditAsync(IReadOnlyDictionary<string, string>? required = null)
    {
        var audits = new List<InstallationAudit>();
        await foreach (var audit in Client.AuditInstallationsAsync(required, TestContext.Current.CancellationToken))
        {
            audits.Add(audit);
        }

        return audits;
    }

    public async Task<IReadOnlyList<GitHubInstallation>> ListAsync()
    {
        var installations = new List<GitHubInstallation>();
        await foreach (var installation in Client.ListInstallationsAsync(TestContext.Current.CancellationToken))
        {
            installations.Add(installation);
        }

        return installations;
    }

    public ValueTask DisposeAsync() => Fixture.DisposeAsync();
}
