namespace ScmIntegrations.ConventionTests.Rooms;

/// <summary>
/// Which room may use which. A row that grows is a decision about the architecture, so it is reviewed as one;
/// docs/architecture.md says why each wall stands.
/// </summary>
public static class RoomTable
{
    private const string Errors = "ScmIntegrations.Errors";
    private const string Interactions = "ScmIntegrations.Interactions";
    private const string Resilience = "ScmIntegrations.Resilience";
    private const string Caching = "ScmIntegrations.Caching";
    private const string Http = "ScmIntegrations.Http";
    private const string GitHub = "ScmIntegrations.GitHub";
    private const string Trees = "ScmIntegrations.GitHub.Trees";
    private const string CodingAgents = "ScmIntegrations.CodingAgents";
    private const string Accounts = "ScmIntegrations.Accounts";
    private const string ToolGateways = "ScmIntegrations.ToolGateways";

    private const string HttpLibrary = "System.Net.Http";
    private const string Polly = "Polly";
    private const string MemoryCache = "Microsoft.Extensions.Caching";
    private const string ClockOfMemoryCache = "Microsoft.Extensions.Internal";
    private const string Logging = "Microsoft.Extensions.Logging";
    private const string Options = "Microsoft.Extensions.Options";
    private const string Configuration = "Microsoft.Extensions.Configuration";
    private const string Services = "Microsoft.Extensions.DependencyInjection";

    /// <summary>Libraries that only the rooms that name them may use. The rest of the framework is everybody's.</summary>
    public static readonly string[] GuardedLibraries = [HttpLibrary, Polly, "Microsoft.Extensions", "Microsoft.AspNetCore"];

    /// <summary>The rooms.</summary>
    public static readonly Room[] Rooms =
    [
        //  room          may use these rooms                                   and these libraries
        new(Errors,       [],                                                   []),
        new(Interactions, [Errors],                                             [Logging]),
        new(Resilience,   [Errors],                                             [Polly, Logging]),
        new(Caching,      [Resilience],                                         [MemoryCache, ClockOfMemoryCache, Options]),
        new(Http,         [Errors, Resilience],                                 [HttpLibrary]),
        new(Trees,        [Errors, Interactions, Resilience, Caching, Http, GitHub], []),
        new(GitHub,       [Errors, Interactions, Resilience, Caching, Http, Trees], [HttpLibrary, Logging]),
        new(CodingAgents, [Errors, Interactions, Resilience, Http, GitHub],     [HttpLibrary, Logging]),
        new(Accounts,     [Errors, Interactions, Caching, Http, GitHub],         [Logging]),
        new(ToolGateways, [Errors, Interactions, Resilience, Caching, Http, Accounts], [HttpLibrary, Logging]),

        // The composition knows everybody, and nobody knows the composition.
        new(Services,     [Errors, Interactions, Resilience, Caching, Http, GitHub, Trees, CodingAgents, Accounts, ToolGateways], [HttpLibrary, Logging, MemoryCache, Options, Configuration, Services]),
    ];
}
