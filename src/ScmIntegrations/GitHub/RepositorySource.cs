namespace ScmIntegrations.GitHub;

/// <summary>Whose repositories are listed.</summary>
public sealed record RepositorySource
{
    private RepositorySource(string route, string? organization = null)
    {
        Route = route;
        OrganizationLogin = organization;
    }

    /// <summary>Those that the installation was given (<c>GET /installation/repositories</c>). Needs an installation's token.</summary>
    public static RepositorySource Installation { get; } = new("/installation/repositories");

    /// <summary>Those that the token's user can see (<c>GET /user/repos</c>). Needs a user's token.</summary>
    public static RepositorySource AuthenticatedUser { get; } = new("/user/repos");

    /// <summary>The organisation, when it is one.</summary>
    public string? OrganizationLogin { get; }

    internal string Route { get; }

    /// <summary>Whether GitHub says how many there are in all; it does so for installations alone.</summary>
    internal bool IsCounted => this == Installation;

    /// <summary>Those of an organisation that the credential can see (<c>GET /orgs/{org}/repos</c>). An installation that was given a part of them sees that part alone.</summary>
    /// <param name="login">The organisation's login.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentException">The login is not valid.</exception>
    public static RepositorySource Organization(string login) =>
        new("/orgs/{org}/repos", new RepositoryRef(login, "x").Owner);

    internal GitHubRequest ToRequest() =>
        OrganizationLogin is null ? GitHubRequest.Get(Route) : GitHubRequest.Get(Route, OrganizationLogin);
}
