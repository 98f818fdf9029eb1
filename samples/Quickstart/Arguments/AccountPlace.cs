namespace Quickstart.Arguments;

/// <summary>Where accounts are kept: at a gateway, in a database, or, with neither, in memory.</summary>
internal sealed class AccountPlace
{
    public GatewayArguments? Gateway { get; init; }

    public DatabaseArguments? Database { get; init; }

    public IEnumerable<string?> Secrets => [Gateway?.ClientSecret, .. Database?.Secrets ?? []];

    public static AccountPlace Read(CommandName command, RawArguments raw, Func<string, string?> environment) =>
        raw.Has(OptionTable.ConnectionString) && raw.Has(OptionTable.GatewayUrl)
            ? throw new UsageException($"Two places: give {OptionTable.ConnectionString}, or {OptionTable.GatewayUrl}.")
            : new AccountPlace { Gateway = GatewayArguments.Read(command, raw, environment), Database = DatabaseArguments.Read(raw, environment) };
}
