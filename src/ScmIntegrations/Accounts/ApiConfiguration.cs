using System.Text.Json;
using System.Text.Json.Nodes;
using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Accounts;

/// <summary>The API configuration of an account: a JSON object whose fields are set one by one.</summary>
internal static class ApiConfiguration
{
    /// <summary>Refuses what is no JSON object, or one that could not be read back.</summary>
    /// <exception cref="ArgumentException">It is something else. The message does not show it.</exception>
    public static void Check(JsonElement? supplied, string parameter)
    {
        if (supplied is { ValueKind: not JsonValueKind.Object } other)
        {
            throw new ArgumentException($"The API configuration is a JSON object; this one is of kind {other.ValueKind}.", parameter);
        }

        try
        {
            // Written out, because a name twice or half a surrogate pair is only met when somebody looks.
            _ = supplied is { } given ? JsonNode.Parse(given.GetRawText(), documentOptions: new() { AllowDuplicateProperties = false })!.DeepClone().ToJsonString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new ArgumentException("The API configuration has a name twice, half a surrogate pair, or more than 64 levels.", parameter, exception);
        }
    }

    /// <summary>The configuration after the supplied fields are set: the same text when nothing changes.</summary>
    /// <exception cref="ScmException">Somebody has changed what is stored.</exception>
    public static string? Merge(StoredAccount? account, JsonElement? supplied)
    {
        var present = account?.ApiConfiguration;
        if (supplied is null || !supplied.Value.EnumerateObject().Any())
        {
            return present;
        }

        var merged = account is not null && Read(account) is { } stored ? JsonObject.Create(stored)! : [];
        var isChanged = present is null;
        foreach (var field in JsonObject.Create(supplied.Value)!)
        {
            if (!merged.TryGetPropertyValue(field.Key, out var value) || !JsonNode.DeepEquals(value, field.Value))
            {
                isChanged = true;
                merged[field.Key] = field.Value?.DeepClone();
            }
        }

        return isChanged ? merged.ToJsonString() : present;
    }

    /// <summary>The configuration as it is shown.</summary>
    /// <exception cref="ScmException">Somebody has changed what is stored.</exception>
    public static JsonElement? Read(StoredAccount account)
    {
        if (account.ApiConfiguration is not { } stored)
        {
            return null;
        }

        try
        {
            var read = JsonElement.Parse(stored);
            return read.ValueKind is JsonValueKind.Object ? read : throw Unreadable(account, null);
        }
        catch (JsonException exception)
        {
            throw Unreadable(account, exception);
        }
    }

    private static ScmException Unreadable(StoredAccount account, Exception? cause) => ScmException.From(
        new ScmError
        {
            Reason = ErrorReason.Unknown,
            Origin = ErrorOrigin.Client,
            CredentialOwner = CredentialOwner.Operator,
            Message = $"The API configuration that is stored for the account {account.Id} ({account.Identity}) is no JSON object: somebody has changed it.",
        },
        cause);
}
