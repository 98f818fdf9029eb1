using ScmIntegrations.Accounts;

namespace Quickstart.Arguments;

/// <summary>What is done to which accounts. A class, not a record: records print what they hold.</summary>
internal sealed class AccountArguments
{
    private const string AccessTokenVariable = "ACCOUNT_ACCESS_TOKEN";
    private const string RefreshTokenVariable = "ACCOUNT_REFRESH_TOKEN";
    private const string Actions = "upsert, get, list or delete";
    private static readonly string[] Tokens = [OptionTable.AccessToken, OptionTable.RefreshToken];
    private static readonly Dictionary<string, AccountAction> Known = Enum.GetValues<AccountAction>().ToDictionary(NameOf, StringComparer.Ordinal);

    public required AccountAction Action { get; init; }

    /// <summary>Which account; <see langword="null"/> for <c>list</c>.</summary>
    public AccountIdentity? Identity { get; init; }

    /// <summary>Which accounts <c>list</c> lists.</summary>
    public AccountFilter? Filter { get; init; }

    /// <summary>What <c>upsert</c> applies; <see langword="null"/> for nothing.</summary>
    public OAuthTokenCredential? Credential { get; init; }

    public IEnumerable<string?> Secrets => [Credential?.AccessToken?.Value, Credential?.RefreshToken?.Value];

    public static AccountArguments Read(RawArguments raw, Func<string, string?> environment)
    {
        var action = ActionOf(raw);
        if (action is not AccountAction.Upsert && Array.Find(Tokens, raw.Has) is { } token)
        {
            throw new UsageException($"{token} belongs to accounts upsert; accounts {NameOf(action)} does not take it.");
        }

        return new AccountArguments
        {
            Action = action,
            Identity = action is AccountAction.List ? null : AccountNames.Identity($"accounts {NameOf(action)}", raw),
            Filter = action is AccountAction.List ? AccountNames.Filter(raw) : null,
            Credential = action is AccountAction.Upsert ? CredentialOf(raw, environment) : null,
        };
    }

    private static string NameOf(AccountAction action) => action.ToString().ToLowerInvariant();

    // Operands are not repeated: one in the wrong place may be a secret that lost its option.
    private static AccountAction ActionOf(RawArguments raw) => raw.Operands switch
    {
        [_] => throw new UsageException($"accounts needs what to do: {Actions}."),
        [_, var typed] when Known.TryGetValue(typed, out var action) => action,
        [_, _] => throw new UsageException($"accounts does something else: {Actions}."),
        _ => throw new UsageException($"accounts takes one operand, {Actions}; {raw.Operands.Count - 1} are given."),
    };

    private static OAuthTokenCredential? CredentialOf(RawArguments raw, Func<string, string?> environment)
    {
        var access = TokenOf(OptionTable.AccessToken, AccessTokenVariable, raw, environment);
        var refresh = TokenOf(OptionTable.RefreshToken, RefreshTokenVariable, raw, environment);
        return access is null && refresh is null ? null : new OAuthTokenCredential { AccessToken = access, RefreshToken = refresh };
    }

    private static SecretText? TokenOf(string option, string variable, RawArguments raw, Func<string, string?> environment)
    {
        if (SecretArgument.Find(option, variable, raw, environment) is not { } given)
        {
            return null;
        }

        try
        {
            return new SecretText(given.Value);
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException($"{given.Source}: {CommandLineParser.WithoutParameter(wrong)}");
        }
    }
}
