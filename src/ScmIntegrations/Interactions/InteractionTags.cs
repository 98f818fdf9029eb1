using System.Diagnostics;

namespace ScmIntegrations.Interactions;

/// <summary>Which tags go with what. A tag without a value is left out.</summary>
internal static class InteractionTags
{
    public static TagList Of(InteractionDescriptor descriptor)
    {
        var tags = OfClient(descriptor.Client);
        tags.Add(ScmTelemetry.InteractionTag, descriptor.Name);
        if (descriptor.Provider is { } provider)
        {
            tags.Add(ScmTelemetry.ProviderTag, provider);
        }

        return tags;
    }

    public static TagList Of(InteractionDescriptor descriptor, InteractionEnding ending)
    {
        var tags = Of(descriptor);
        tags.Add(ScmTelemetry.OutcomeTag, ending.Outcome.ToName());
        if (ending.Cause is { } cause)
        {
            tags.Add(ScmTelemetry.ErrorTypeTag, cause.ErrorType);
        }

        return tags;
    }

    public static TagList OfClient(string? client)
    {
        var tags = new TagList();
        if (client is not null)
        {
            tags.Add(ScmTelemetry.ClientTag, client);
        }

        return tags;
    }

    public static string NameOf(CacheReadResult result) => result switch
    {
        CacheReadResult.Hit => "hit",
        CacheReadResult.Miss => "miss",
        CacheReadResult.Stale => "stale",
        CacheReadResult.Negative => "negative",
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "Not a defined result."),
    };
}
