using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>Makes the event out of a delivery that is proved to be GitHub's.</summary>
internal static class WebhookParser
{
    private const int MaxNameLength = 100;

    /// <summary>Reads the event. Fields and actions that nobody knows do no harm; what an event cannot be without has to be there.</summary>
    public static GitHubWebhookResult Parse(GitHubWebhookDelivery delivery)
    {
        if (delivery.Event is not { Length: > 0 and <= MaxNameLength } name || name.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return new(GitHubWebhookStatus.EventMissing, $"The delivery has no {GitHubWebhookHeaders.Event}.");
        }

        try
        {
            var root = Read(delivery.Body, WebhookJson.Default.JsonElement);
            return root.ValueKind is JsonValueKind.Object
                ? new(GitHubWebhookStatus.Accepted, "Accepted.", Fill(Read(name, delivery.Body, new(root)), name, delivery, new(root)))
                : Unreadable("it is no JSON object");
        }
        catch (JsonException)
        {
            return Unreadable(delivery.Body.Span.StartsWith("payload="u8) ? "it is a form; set the webhook's content type to application/json" : "it is not the JSON that its event has");
        }
        catch (InvalidOperationException)
        {
            // A text with half a surrogate pair is sound JSON, and no text.
            return Unreadable("it holds a text that is none");
        }
    }

    private static GitHubWebhookEvent Read(string name, ReadOnlyMemory<byte> body, WebhookEnvelope envelope) => name switch
    {
        "push" when envelope.Repository is not null => Push(Read(body, WebhookJson.Default.PushWire)),
        "repository" when envelope.Repository is { } repository => Change(repository, Read(body, WebhookJson.Default.RepositoryChangeWire).Changes),
        "create" or "delete" when envelope is { Repository: not null, Ref: { } gitRef } => new GitHubRefEvent { Ref = gitRef, RefType = envelope.RefType, IsDeleted = name is "delete" },
        "push" or "repository" => throw new JsonException("The repository has no valid full name."),
        "installation" => Installation(Read(body, WebhookJson.Default.InstallationWire)),
        "installation_repositories" => Repositories(Read(body, WebhookJson.Default.InstallationWire)),
        "github_app_authorization" => new GitHubAppAuthorizationEvent { UserId = envelope.SenderId ?? throw new JsonException("The event names no user."), UserLogin = envelope.SenderLogin },
        "organization" or "installation_target" or "membership" or "member" or "team" or "team_add" => new GitHubAccountEvent { Account = envelope.Account, PreviousAccount = envelope.PreviousAccount },
        _ => new GitHubOtherEvent(),
    };

    private static GitHubWebhookEvent Fill(GitHubWebhookEvent read, string name, GitHubWebhookDelivery delivery, WebhookEnvelope envelope) => read with
    {
        Name = name,
        Action = envelope.Action,
        DeliveryId = delivery.DeliveryId is { Length: > 0 and <= MaxNameLength } id && !id.AsSpan().ContainsAnyExceptInRange('!', '~') ? id : null,
        InstallationId = envelope.InstallationId,
        Repository = envelope.Repository,
        RepositoryId = envelope.RepositoryId,
        DefaultBranch = envelope.DefaultBranch,
        Body = delivery.Body,
    };

    private static GitHubPushEvent Push(PushWire wire) => new()
    {
        Ref = wire.Ref,
        Before = wire.Before,
        After = wire.After,
        IsCreated = wire.Created,
        IsDeleted = wire.Deleted,
        IsForced = wire.Forced,
    };

    private static GitHubRepositoryEvent Change(RepositoryRef repository, RepositoryChangeWire.ChangesWire? changes)
    {
        var name = changes?.Repository?.Name?.From;
        var owner = changes?.Owner?.From is { } from ? from.Organization?.Login ?? from.User?.Login : null;
        return new()
        {
            PreviousRepository = (name ?? owner) is not null && RepositoryRef.TryParse($"{owner ?? repository.Owner}/{name ?? repository.Name}", out var previous) ? previous : null,
            PreviousDefaultBranch = changes?.DefaultBranch?.From,
        };
    }

    private static GitHubInstallationEvent Installation(InstallationWire wire) => new()
    {
        Account = wire.Installation.Account?.Login,
        Permissions = wire.Installation.Permissions ?? new Dictionary<string, string>(StringComparer.Ordinal),
        Repositories = Names(wire.Repositories),
    };

    private static GitHubInstallationRepositoriesEvent Repositories(InstallationWire wire) => new()
    {
        Account = wire.Installation.Account?.Login,
        RepositorySelection = wire.RepositorySelection,
        Added = Names(wire.RepositoriesAdded),
        Removed = Names(wire.RepositoriesRemoved),
    };

    private static List<RepositoryRef> Names(List<InstallationWire.SlimRepositoryWire?>? wire) =>
        [.. (wire ?? []).Select(one => RepositoryRef.TryParse(one?.FullName, out var repository) ? repository : null).OfType<RepositoryRef>()];

    private static T Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> typeInfo) =>
        JsonSerializer.Deserialize(body.Span, typeInfo) ?? throw new JsonException("The body is null.");

    private static GitHubWebhookResult Unreadable(string why) => new(GitHubWebhookStatus.BodyUnreadable, $"The body cannot be read: {why}.");
}
