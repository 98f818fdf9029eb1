using Microsoft.AspNetCore.Http;

namespace ScmIntegrations.Testing;

/// <summary>One request on its way, with all that a route needs.</summary>
internal sealed class Call(HttpContext context, GitHubServer server, RecordedRequest request, Identity identity) : IJsonPlace
{
    private IReadOnlyDictionary<string, string> _values = PathTemplate.NoValues;

    public HttpContext Context => context;

    public GitHubState State => server.State;

    public FakeGitHubOptions Options => server.Options;

    public RateLimits RateLimits => server.RateLimits;

    public RecordedRequest Request => request;

    public Identity Identity => identity;

    /// <summary>The rate limit that the request counts against.</summary>
    public string Resource { get; set; } = RateLimits.Core;

    public DateTimeOffset Now => server.Options.TimeProvider.GetUtcNow();

    /// <summary>The root that links in answers start with, without a slash at the end.</summary>
    public string Root => $"{context.Request.Scheme}://{context.Request.Host}{server.Options.ApiPathPrefix.TrimEnd('/')}";

    public string this[string name] => _values[name];

    public void Use(IReadOnlyDictionary<string, string> values) => _values = values;

    public string? Query(string name) =>
        context.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;
}
