using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScmIntegrations.Accounts;

/// <summary>A credential of a kind that this version of the library has no type for, passed through as it is, for example <c>google_dwd</c>.</summary>
public sealed record OtherCredential : AccountCredential
{
    /// <summary>Takes a credential.</summary>
    /// <param name="kind">Its kind, by the name it has on the wire; not blank.</param>
    /// <param name="details">Its fields, as a JSON object with at least one, and no name twice. All of it is treated as a secret. Fields that are <c>null</c> or blank are absent.</param>
    /// <exception cref="ArgumentException">The kind is blank, or the details are no JSON object. The message does not show them.</exception>
    public OtherCredential(string kind, SecretText details)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(details);
        _ = Parse(details.Value) ?? throw new ArgumentException("The details of a credential are a JSON object without a name twice; these are something else.", nameof(details));
        (Kind, Details) = (kind, details);
    }

    /// <inheritdoc/>
    public override string Kind { get; }

    /// <summary>Its fields, as a JSON object.</summary>
    public SecretText Details { get; }

    internal override JsonObject ToFields()
    {
        var fields = Parse(Details.Value)!;
        foreach (var (name, _) in fields.Where(field => field.Value is null || (field.Value.GetValueKind() is JsonValueKind.String && string.IsNullOrWhiteSpace(field.Value.GetValue<string>()))).ToList())
        {
            fields.Remove(name);
        }

        return fields;
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
