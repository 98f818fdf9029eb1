using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Authentication;

namespace Quickstart.Arguments;

/// <summary>Which GitHub, and who speaks. A class, not a record: records print what they hold.</summary>
internal sealed class ConnectionArguments
{
    private const string ApiUrlVariable = "GITHUB_API_URL";
    private const string TokenVariable = "GITHUB_TOKEN";
    private static readonly string[] AppOptions = [OptionTable.ClientId, OptionTable.PrivateKey, OptionTable.InstallationId];

    public required Uri ApiAddress { get; init; }

    /// <summary>The token; <see langword="null"/> when an App speaks.</summary>
    public string? Token { get; init; }

    /// <summary>The App; <see langword="null"/> when a token speaks.</summary>
    public AppArguments? App { get; init; }

    public static async Task<ConnectionArguments> ReadAsync(CommandName command, RawArguments raw, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        var address = AddressOf(raw, environment);
        var app = await AppAsync(command, raw, cancellationToken);
        return new ConnectionArguments { ApiAddress = address, App = app, Token = NeedsToken(command, raw, app) ? TokenOf(raw, environment) : null };
    }

    /// <summary>Which GitHub it is about.</summary>
    public static Uri AddressOf(RawArguments raw, Func<string, string?> environment) => raw.Find(OptionTable.ApiUrl) is { } typed
        ? ApiAddressReader.Read(typed, OptionTable.ApiUrl)
        : ApiAddressReader.Read(NotEmpty(environment(ApiUrlVariable)) ?? "https://api.github.com", ApiUrlVariable);

    /// <summary>Sets the options of a client.</summary>
    public void Apply(GitHubIntegrationOptions options)
    {
        options.ApiAddress = ApiAddress;
        if (App is { } app)
        {
            Speak(app, options);
        }
        else
        {
            options.UseToken(Token!);
        }
    }

    // Copilot takes a user's token, with an App beside it or without; Cursor takes a key of its own.
    private static bool NeedsToken(CommandName command, RawArguments raw, AppArguments? app) =>
        CommandLineParser.IsForAgents(command) ? raw.Find(OptionTable.Agent) is not "cursor" : app is null;

    private static void Speak(AppArguments app, GitHubIntegrationOptions options)
    {
        if (app.InstallationId is { } installation)
        {
            options.UseInstallation(app.ClientId, app.PrivateKeyPem, installation);
        }
        else
        {
            options.UseApp(app.ClientId, app.PrivateKeyPem);
        }
    }

    private static async Task<AppArguments?> AppAsync(CommandName command, RawArguments raw, CancellationToken cancellationToken)
    {
        var isForAgents = CommandLineParser.IsForAgents(command);
        var needsNoInstallation = isForAgents || command is CommandName.Audit;
        string[] missing = [.. AppOptions.Where(option => !raw.Has(option) && !(needsNoInstallation && option is OptionTable.InstallationId))];
        if (command is not CommandName.Audit && !AppOptions.Any(raw.Has))
        {
            return null;
        }

        if (raw.Has(OptionTable.Token) && !isForAgents)
        {
            throw new UsageException($"Two credentials: give {OptionTable.Token}, or {string.Join(", ", AppOptions)}.");
        }

        if (missing.Length > 0)
        {
            throw new UsageException($"A GitHub App needs {string.Join(" and ", missing)} too.");
        }

        var installation = raw.FindNumber(OptionTable.InstallationId, 1, long.MaxValue);
        return new AppArguments(raw.Find(OptionTable.ClientId)!, await PrivateKeyFile.ReadAsync(raw.Find(OptionTable.PrivateKey)!, cancellationToken), installation);
    }

    private static string TokenOf(RawArguments raw, Func<string, string?> environment)
    {
        var token = raw.Find(OptionTable.Token) ?? raw.Find(OptionTable.AgentKey) ?? NotEmpty(environment(TokenVariable))
            ?? throw new UsageException($"No credential: give {OptionTable.Token}, or set {TokenVariable}, or give {string.Join(", ", AppOptions)}.");
        try
        {
            return new GitHubToken(token).Value;
        }
        catch (ArgumentException)
        {
            throw new UsageException($"{(raw.Has(OptionTable.Token) ? OptionTable.Token : raw.Has(OptionTable.AgentKey) ? OptionTable.AgentKey : TokenVariable)} has characters that cannot stand in a header.");
        }
    }

    private static string? NotEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}

/// <summary>A GitHub App, and the installation of it that is spoken for; without one the App speaks for itself.</summary>
internal sealed class AppArguments(string clientId, string privateKeyPem, long? installationId)
{
    public string ClientId => clientId;

    public string PrivateKeyPem => privateKeyPem;

    public long? InstallationId => installationId;
}
