using System.Text.Json.Nodes;

namespace ScmIntegrations.Accounts;

/// <summary>Secrets that a user has typed in: an API key, or a user name and a password. Kind <c>static_auth</c>.</summary>
public sealed record StaticSecretCredential : AccountCredential
{
    internal const string KindName = "static_auth";

    /// <summary>Takes secrets by their names.</summary>
    /// <param name="details">The secrets, for example <c>api_key</c>; names are not blank. A name that is left out keeps what an account has under it.</param>
    /// <exception cref="ArgumentException">A name is blank, or a secret is <see langword="null"/>.</exception>
    public StaticSecretCredential(IReadOnlyDictionary<string, SecretText> details)
    {
        ArgumentNullException.ThrowIfNull(details);
        if (details.Any(detail => string.IsNullOrWhiteSpace(detail.Key) || detail.Value is null))
        {
            throw new ArgumentException("A secret has no name, or a name has no secret.", nameof(details));
        }

        Details = new Dictionary<string, SecretText>(details, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>The secrets by their names.</summary>
    public IReadOnlyDictionary<string, SecretText> Details { get; }

    internal override JsonObject ToFields() => Details.Aggregate(new JsonObject(), static (fields, detail) => fields.With(detail.Key, detail.Value));

    internal static StaticSecretCredential Of(JsonObject fields) =>
        new(fields.Select(field => field.Key).Where(name => fields.Secret(name) is not null).ToDictionary(name => name, name => fields.Secret(name)!, StringComparer.Ordinal));
}
