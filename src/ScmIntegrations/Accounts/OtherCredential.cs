using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScmIntegrations.Accounts;

/// <summary>A credential of a kind that this version of the library has no type for, passed through as it is, for example <c>google_dwd</c>.</summary>
public sealed record OtherCredential : AccountCredential
{
    /// <summary>Takes a credential.</summary>
    /// <param name="kind">Its kind, by the name it has on the wire; not blank.</param>
    /// <param name="details">Its fields, as a JSON object with at least one. All of it is treated as a secret.</param>
    /// <exception cref="ArgumentException">The kind is blank, or the details are no JSON object. The message does not show them.</exception>
    public OtherCredential(string kind, SecretText details)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(details);
        _ = Parse(details.Value) ?? throw new ArgumentException("The details of a credential are a JSON object; these are something else.", nameof(details));
        (Kind, Details) = (kind, details);
    }

    /// <inheritdoc/>
    public override string Kind { get; }

    /// <summary>Its fields, as a JSON object.</summary>
    public SecretText Details { get; }

    internal override JsonObject ToFields() => Parse(Details.Value)!;

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
