namespace Quickstart.Arguments;

/// <summary>Which Scalekit, and who speaks to it. A class, not a record: records print what they hold.</summary>
internal sealed class GatewayArguments
{
    private const string ClientIdVariable = "SCALEKIT_CLIENT_ID";
    private const string ClientSecretVariable = "SCALEKIT_CLIENT_SECRET";
    private static readonly string[] Credentials = [OptionTable.ClientId, OptionTable.ClientSecret];

    public required Uri Address { get; init; }

    public required string ClientId { get; init; }

    public required string ClientSecret { get; init; }

    /// <summary>The gateway; <see langword="null"/> when none is asked for.</summary>
    public static GatewayArguments? Read(CommandName command, RawArguments raw, Func<string, string?> environment)
    {
        if (raw.Find(OptionTable.GatewayUrl) is { } address)
        {
            return new GatewayArguments
            {
                Address = ApiAddressReader.Read(address, OptionTable.GatewayUrl, "https://acme.scalekit.com"),
                ClientId = CredentialOf(OptionTable.ClientId, ClientIdVariable, raw, environment),
                ClientSecret = CredentialOf(OptionTable.ClientSecret, ClientSecretVariable, raw, environment),
            };
        }

        return command is CommandName.Tool ? throw new UsageException($"tool needs {OptionTable.GatewayUrl} URL: the gateway that runs it.")
            : Array.Find(Credentials, raw.Has) is { } option ? throw new UsageException($"{option} is for a gateway: give {OptionTable.GatewayUrl} too.")
            : null;
    }

    private static string CredentialOf(string option, string variable, RawArguments raw, Func<string, string?> environment)
    {
        var given = SecretArgument.Find(option, variable, raw, environment) ?? throw new UsageException($"The gateway needs {option}: give it, or set {variable}.");
        return given.Value.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? throw new UsageException($"{given.Source} has characters that cannot be part of it: it is visible ASCII without white space.")
            : given.Value;
    }
}
