using System.Globalization;
using ScmIntegrations.Errors;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The parts of a credential, as configuration has them. Whether they make one is another question.</summary>
internal static class GitHubCredentialKinds
{
    private const int MostPathLength = 4096;

    public static OptionKind<string?> PrivateKey { get; } = OptionKinds.Secret("in PEM form", static (_, _) => null);

    /// <summary>Where somebody has put the key itself, it is not shown.</summary>
    public static OptionKind<string?> PrivateKeyFile { get; } = OptionKinds.OptionalText(
        "the path of a file",
        static (value, name) => IsPath(value) ? null : $"{name} is no path of a file; a key itself stands in App:PrivateKey.");

    public static OptionKind<long?> InstallationId { get; } = new(
        "a whole number",
        "above 0",
        static (string text, out long? value) => (value = long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var read) ? read : null) is not null,
        static (value, name) => value is < 1 ? $"{name} is {OptionKinds.Say($"{value}")}; an installation's id is above 0." : null,
        static value => value is { } id ? OptionKinds.Say($"{id}") : null);

    public static OptionKind<CredentialOwner?> Owner { get; } = new(
        "one of",
        string.Join(", ", Enum.GetNames<CredentialOwner>()),
        static (string text, out CredentialOwner? value) =>
            (value = OptionKinds.Choice<CredentialOwner>().Read(text, out var owner) ? owner : null) is not null,
        static (_, _) => null,
        static value => value?.ToString());

    /// <summary>Whether a text can be the path of a file, and is not the key that belongs into one.</summary>
    public static bool IsPath(string value) => value.Length <= MostPathLength && !value.Contains("-----", StringComparison.Ordinal);
}
