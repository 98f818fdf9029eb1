using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>The shapes read from deliveries, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(PushWire))]
[JsonSerializable(typeof(RepositoryChangeWire))]
[JsonSerializable(typeof(InstallationWire))]
internal sealed partial class WebhookJson : JsonSerializerContext;

/// <summary>A push.</summary>
internal sealed record PushWire
{
    public required string Ref { get; init; }

    public required string Before { get; init; }

    public required string After { get; init; }

    public bool Created { get; init; }

    public bool Deleted { get; init; }

    public bool Forced { get; init; }
}

/// <summary>What an event of a repository says has changed.</summary>
internal sealed record RepositoryChangeWire
{
    public ChangesWire? Changes { get; init; }

    /// <summary>The changes; a new name of the repository, a new default branch, a new owner.</summary>
    internal sealed record ChangesWire
    {
        public NamedWire? Repository { get; init; }

        public FromWire? DefaultBranch { get; init; }

        public OwnerWire? Owner { get; init; }
    }

    /// <summary>A change of the repository's name.</summary>
    internal sealed record NamedWire
    {
        public FromWire? Name { get; init; }
    }

    /// <summary>A value as it was before.</summary>
    internal sealed record FromWire
    {
        public string? From { get; init; }
    }

    /// <summary>A change of the owner.</summary>
    internal sealed record OwnerWire
    {
        public FormerOwnerWire? From { get; init; }
    }

    /// <summary>The former owner: a user or an organisation.</summary>
    internal sealed record FormerOwnerWire
    {
        public AccountWire? User { get; init; }

        public AccountWire? Organization { get; init; }
    }
}

/// <summary>An installation, and the repositories that it was given, gained or lost.</summary>
internal sealed record InstallationWire
{
    public required GrantWire Installation { get; init; }

    public string? RepositorySelection { get; init; }

    public List<SlimRepositoryWire?>? Repositories { get; init; }

    public List<SlimRepositoryWire?>? RepositoriesAdded { get; init; }

    public List<SlimRepositoryWire?>? RepositoriesRemoved { get; init; }

    /// <summary>The installation itself.</summary>
    internal sealed record GrantWire
    {
        public required long Id { get; init; }

        public AccountWire? Account { get; init; }

        public Dictionary<string, string>? Permissions { get; init; }
    }

    /// <summary>A repository as it is listed here.</summary>
    internal sealed record SlimRepositoryWire
    {
        public string? FullName { get; init; }
    }
}

/// <summary>A user or an organisation.</summary>
internal sealed record AccountWire
{
    public string? Login { get; init; }
}
