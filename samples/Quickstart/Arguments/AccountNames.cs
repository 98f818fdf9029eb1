using ScmIntegrations.Accounts;

namespace Quickstart.Arguments;

/// <summary>Reads whose account is meant. The library knows what a name can be; here the message can name the option.</summary>
internal static class AccountNames
{
    private static readonly Dictionary<string, string> Options = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(AccountIdentity.Connection)] = OptionTable.Connection,
        [nameof(AccountIdentity.Identifier)] = OptionTable.Identifier,
        [nameof(AccountIdentity.OrganizationId)] = OptionTable.AccountOrganization,
        [nameof(AccountIdentity.UserId)] = OptionTable.User,
    };

    public static AccountIdentity Identity(string command, RawArguments raw)
    {
        var (connection, identifier) = (raw.Find(OptionTable.Connection), raw.Find(OptionTable.Identifier));
        return connection is null || identifier is null
            ? throw new UsageException($"{command} needs {OptionTable.Connection} NAME and {OptionTable.Identifier} ID: which account.")
            : Checked(() => new AccountIdentity(connection, identifier) { OrganizationId = raw.Find(OptionTable.AccountOrganization), UserId = raw.Find(OptionTable.User) });
    }

    public static AccountFilter Filter(RawArguments raw) => Checked(() => new AccountFilter
    {
        Connection = raw.Find(OptionTable.Connection),
        Identifier = raw.Find(OptionTable.Identifier),
        OrganizationId = raw.Find(OptionTable.AccountOrganization),
        UserId = raw.Find(OptionTable.User),
        PageSize = AccountFilter.MaxPageSize,
    });

    /// <summary>Makes what holds names, and says which option has one that cannot be.</summary>
    public static T Checked<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException wrong) when (Options.TryGetValue(wrong.ParamName ?? "", out var option))
        {
            throw new UsageException($"{option}: {CommandLineParser.WithoutParameter(wrong)}");
        }
    }
}
