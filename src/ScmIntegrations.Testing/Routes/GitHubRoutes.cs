namespace ScmIntegrations.Testing;

/// <summary>All routes, family by family.</summary>
internal static class GitHubRoutes
{
    public static RouteTable Create()
    {
        var routes = new RouteTable();
        RepositoryRoutes.Map(routes);
        TreeRoutes.Map(routes);
        ContentRoutes.Map(routes);
        BlobRoutes.Map(routes);
        ReferenceRoutes.Map(routes);
        ListingRoutes.Map(routes);
        GraphQLRoutes.Map(routes);
        AccountRoutes.Map(routes);
        AppRoutes.Map(routes);
        InstallationTokenRoutes.Map(routes);
        PullRequestRoutes.Map(routes);
        CopilotRoutes.Map(routes);
        UserTokenRoutes.Map(routes);
        return routes;
    }
}
