using System.Globalization;

namespace ScmIntegrations.Testing;

/// <summary>A repository is reached by name or by number; routes are written for names.</summary>
internal static class RepositoryPaths
{
    private const string ById = "/repositories/";

    // No account of GitHub's is called so: it names a repository that there is not.
    private const string Nobody = "-";

    /// <summary>Turns <c>/repositories/{id}/rest</c> into <c>/repos/{owner}/{name}/rest</c>, of a missing repository when there is none of that number.</summary>
    public static string ByName(GitHubState state, string path)
    {
        if (!path.StartsWith(ById, StringComparison.OrdinalIgnoreCase))
        {
            return path;
        }

        var end = path.IndexOf('/', ById.Length);
        var number = end < 0 ? path[ById.Length..] : path[ById.Length..end];
        var rest = end < 0 ? "" : path[end..];
        return !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? path
            : state.FindRepository(id) is not { } repository ? $"/repos/{Nobody}/{number}{rest}"
            : $"/repos/{Uri.EscapeDataString(repository.Owner)}/{Uri.EscapeDataString(repository.Name)}{rest}";
    }

    /// <summary>Where the old name of a renamed repository leads.</summary>
    public static string Moved(Call call, FakeRepository repository)
    {
        var segments = call.Request.Path.TrimStart('/').Split('/');
        var rest = string.Concat(segments.Skip(3).Select(segment => "/" + segment));
        return string.Create(CultureInfo.InvariantCulture, $"{call.Root}{ById}{repository.Id}{rest}{call.Request.Query}");
    }
}
