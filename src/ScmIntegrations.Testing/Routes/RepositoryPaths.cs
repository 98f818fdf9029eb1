using System.Globalization;

namespace ScmIntegrations.Testing;

/// <summary>A repository is reached by name or by number; routes are written for names.</summary>
internal static class RepositoryPaths
{
    private const string ById = "/repositories/";

    /// <summary>Turns <c>/repositories/{id}/rest</c> into <c>/repos/{owner}/{name}/rest</c> when there is such a repository.</summary>
    public static string ByName(GitHubState state, string path)
    {
        if (!path.StartsWith(ById, StringComparison.OrdinalIgnoreCase))
        {
            return path;
        }

        var end = path.IndexOf('/', ById.Length);
        var number = end < 0 ? path[ById.Length..] : path[ById.Length..end];
        var rest = end < 0 ? "" : path[end..];
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && state.FindRepository(id) is { } repository
            ? $"/repos/{Uri.EscapeDataString(repository.Owner)}/{Uri.EscapeDataString(repository.Name)}{rest}"
            : path;
    }

    /// <summary>Where the old name of a renamed repository leads.</summary>
    public static string Moved(Call call, FakeRepository repository)
    {
        var segments = call.Request.Path.TrimStart('/').Split('/');
        var rest = string.Concat(segments.Skip(3).Select(segment => "/" + segment));
        return string.Create(CultureInfo.InvariantCulture, $"{call.Root}{ById}{repository.Id}{rest}{call.Request.Query}");
    }
}
