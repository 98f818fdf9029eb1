namespace ScmIntegrations.Testing;

/// <summary>Trees.</summary>
internal static class TreeRoutes
{
    public static void Map(RouteTable routes) =>
        routes.Get("/repos/{owner}/{repo}/git/trees/{sha}", call => RepositoryRoutes.WithContents(call, repository =>
        {
            if (repository.IsEmpty)
            {
                return Answers.EmptyRepository();
            }

            // GitHub: any value turns recursion on, even 0 or false.
            var isRecursive = call.Context.Request.Query.ContainsKey("recursive");
            return GitReferences.TryFindTree(repository, call["sha"], out var sha, out var slice)
                ? new TreeAnswer($"{call.Root}/repos/{repository.FullName}", sha, slice, isRecursive, repository.TruncateAbove)
                : Answers.NotFound();
        }));
}
