using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>What a mint is narrowed to: the optional body of the request.</summary>
internal sealed record MintRequest(IReadOnlyList<string> Repositories, IReadOnlyList<long> RepositoryIds, IReadOnlyDictionary<string, string>? Permissions)
{
    public bool IsNarrowed => Repositories.Count + RepositoryIds.Count > 0;

    /// <summary>Reads the body; <see langword="null"/> when it is not sound.</summary>
    public static MintRequest? Parse(string body)
    {
        if (body.Trim().Length == 0)
        {
            return new MintRequest([], [], Permissions: null);
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return new MintRequest(
                root.TryGetProperty("repositories", out var names) ? [.. names.EnumerateArray().Select(name => name.GetString() ?? "")] : [],
                root.TryGetProperty("repository_ids", out var ids) ? [.. ids.EnumerateArray().Select(id => id.GetInt64())] : [],
                root.TryGetProperty("permissions", out var permissions)
                    ? permissions.EnumerateObject().ToDictionary(permission => permission.Name, permission => permission.Value.GetString() ?? "", StringComparer.Ordinal)
                    : null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
