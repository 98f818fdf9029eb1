namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Secrets, and the ids that go with them: what can stand in a header. No message shows one, for a secret is easily put in the place of an id.</summary>
internal static class CredentialKinds
{
    private const string Limits = "visible ASCII without white space";

    public static OptionKind<string> Id { get; } = OptionKinds.Text(Limits, Required);

    public static OptionKind<string?> OptionalId { get; } = OptionKinds.OptionalText(Limits, Check);

    public static OptionKind<string?> Secret { get; } = OptionKinds.Secret(Limits, Required);

    public static OptionKind<string?> OptionalSecret { get; } = OptionKinds.Secret(Limits, static (value, name) => value is null ? null : Check(value, name));

    /// <summary>Whether a text can stand in a header as a credential.</summary>
    public static bool IsGood(string value) => value.Length > 0 && !value.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static string? Required(string? value, string name) => string.IsNullOrEmpty(value) ? $"{name} is not set." : Check(value, name);

    private static string? Check(string value, string name) =>
        IsGood(value) ? null : $"{name} is empty or has characters that cannot be part of it; it is {Limits}.";
}
