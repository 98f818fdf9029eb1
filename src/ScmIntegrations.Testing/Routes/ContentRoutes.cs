namespace ScmIntegrations.Testing;

/// <summary>Files and folders by path.</summary>
internal static class ContentRoutes
{
    public static void Map(RouteTable routes)
    {
        routes.Get("/repos/{owner}/{repo}/contents", call => RepositoryRoutes.WithContents(call, repository => Show(call, repository, path: "")));
        routes.Get("/repos/{owner}/{repo}/contents/{path...}", call => RepositoryRoutes.WithContents(call, repository => Show(call, repository, call["path"].Trim('/'))));
    }

    private static Answer Show(Call call, FakeRepository repository, string path)
    {
        if (repository.IsEmpty)
        {
            return Answers.EmptyContents();
        }

        var gitRef = call.Query("ref") is { Length: > 0 } asked ? asked : "HEAD";
        if (GitReferences.FindCommit(repository, gitRef) is not { } tree)
        {
            return Answers.NoSuchRef(gitRef);
        }

        var json = new ContentJson(call, repository, gitRef is "HEAD" ? repository.DefaultBranch : gitRef);
        if (tree.TryFindByPath(path, out var folder))
        {
            return json.Folder(path, folder, MediaType.IsObject(call));
        }

        return tree.FindEntry(path) switch
        {
            null => Answers.NoSuchPath(),
            { Type: "commit" } submodule => json.Submodule(submodule),
            { Mode: "120000" } link when Follow(repository, tree, link) is not { } => json.SymbolicLink(link, TargetOf(repository, link)),
            { Mode: "120000" } link => File(call, repository, json, Follow(repository, tree, link)! with { Path = link.Path }),
            var file => File(call, repository, json, file),
        };
    }

    private static Answer File(Call call, FakeRepository repository, ContentJson json, FakeTreeEntry file)
    {
        if (file.Size > repository.MaxBlobBytes)
        {
            return Answers.BlobTooLarge(100);
        }

        var isInline = file.Size <= repository.MaxInlineBytes;
        if (!isInline && MediaType.IsObject(call) && !MediaType.IsRaw(call))
        {
            return json.File(file, content: null);
        }

        return !isInline && !MediaType.IsRaw(call) ? Answers.BlobTooLarge(1)
            : !BlobRoutes.TryGetBytes(repository, file, out var content) ? BlobRoutes.Unknown(file)
            : MediaType.IsRaw(call) ? MediaType.Raw(call, file.Sha, content)
            : json.File(file, content);
    }

    /// <summary>The file that a symbolic link leads to; <see langword="null"/> when it leads elsewhere.</summary>
    private static FakeTreeEntry? Follow(FakeRepository repository, FakeTree tree, FakeTreeEntry link)
    {
        var path = new List<string>(link.Path.Split('/')[..^1]);
        foreach (var name in TargetOf(repository, link).Split('/'))
        {
            if (name is ".." && path.Count > 0)
            {
                path.RemoveAt(path.Count - 1);
            }
            else if (name is not ".")
            {
                path.Add(name);
            }
        }

        return tree.FindEntry(string.Join('/', path)) is { Type: "blob", Mode: not "120000" } file ? file : null;
    }

    private static string TargetOf(FakeRepository repository, FakeTreeEntry link) =>
        BlobRoutes.TryGetBytes(repository, link, out var target) ? System.Text.Encoding.UTF8.GetString(target.Span) : "";
}
