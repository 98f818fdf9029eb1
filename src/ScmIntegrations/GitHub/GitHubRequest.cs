using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub;

/// <summary>One request to GitHub: method, route, values, and how safe it is to send twice. Immutable.</summary>
public sealed record GitHubRequest
{
    private static readonly TimeSpan ShortestAttempt = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromHours(1);

    private GitHubRequest(HttpMethod method, string pathAndQuery, OperationClass operation)
    {
        Method = method;
        PathAndQuery = pathAndQuery;
        Operation = operation;
        RateLimitResource = GuessResource(Path);
    }

    /// <summary>The HTTP method.</summary>
    public HttpMethod Method { get; }

    /// <summary>Path and query below the API's address, escaped.</summary>
    public string PathAndQuery { get; private init; }

    /// <summary>How safe the request is to send twice: GET and HEAD read, PUT and DELETE are idempotent, the rest are not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not exactly one class.</exception>
    public OperationClass Operation
    {
        get;
        init => field = value is OperationClass.Read or OperationClass.IdempotentWrite or OperationClass.Write or OperationClass.TokenMint
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "An operation has exactly one class.");
    }

    /// <summary>The name of the interaction the request runs in: lower-case letters, digits, <c>_</c> and <c>.</c>.</summary>
    public string Name { get; init; } = "send_request";

    /// <summary>The rate-limit resource that the request counts against.</summary>
    /// <value>Guessed from the path; set it for an endpoint with a limit of its own. <c>core</c>; <c>rate_limit</c> for <c>/rate_limit</c>, which is free; <c>code_search</c> for <c>/search/code</c>, <c>search</c> for the other paths below <c>/search/</c>, <c>graphql</c> for <c>/graphql</c>.</value>
    public string RateLimitResource { get; init; }

    /// <summary>
    /// Whether the caller has created what is asked for within the last 10 seconds, so that a 404 may only mean that not all of
    /// GitHub knows it yet: such a read is tried once more, a second later.
    /// </summary>
    public bool JustCreated { get; init; }

    /// <summary>
    /// Whether a list may leave out organisations that want single sign-on (200 with <c>X-GitHub-SSO: partial-results</c>).
    /// Otherwise such an answer is a <see cref="ScmIncompleteListException"/>, so that nobody takes it for the whole.
    /// </summary>
    public bool AllowPartialResults { get; init; }

    /// <summary>Whether somebody waits for the request, or it can as well be sent later. Background requests are paced before their deadline begins.</summary>
    /// <value><see cref="RequestLane.Interactive"/> by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a lane.</exception>
    public RequestLane Lane
    {
        get;
        init => field = value is RequestLane.Interactive or RequestLane.Background
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A request is interactive or background.");
    }

    /// <summary>The media type asked for.</summary>
    /// <value><c>application/vnd.github+json</c> by default.</value>
    /// <exception cref="ArgumentException">The value is empty or cannot stand in a header.</exception>
    public string Accept
    {
        get;
        init => field = !string.IsNullOrWhiteSpace(value) && !value.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? value
            : throw new ArgumentException("A media type is visible ASCII characters; this one is empty or has others.", nameof(value));
    } = "application/vnd.github+json";

    /// <summary>How long one attempt of this request may take, where the client's <see cref="ResilienceOptions.AttemptTimeout"/> is not the right bound. The deadline of the whole call stays.</summary>
    /// <value><see langword="null"/> by default, for the client's; from 10 milliseconds to 1 hour, like that.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside these bounds.</exception>
    public TimeSpan? AttemptTimeout
    {
        get;
        init => field = value is null || (value >= ShortestAttempt && value <= LongestAttempt)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "An attempt may take from 10 milliseconds to 1 hour.");
    }

    /// <summary>Whether the request launches a coding agent: never sent again blindly, and its refusal never remembered.</summary>
    internal bool IsAgentLaunch { get; init; }

    /// <summary>Whether no limit that another request has met holds this one back: its own answer decides.</summary>
    internal bool IgnoresLimits { get; init; }

    /// <summary>The JSON body, UTF-8; empty for none.</summary>
    internal ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The most bytes of the answer, where the client's bound for JSON is not the right one.</summary>
    internal long? MaxBytes { get; init; }

    /// <summary>A complete address instead of route and values: the next page, or another client's request.</summary>
    internal Uri? Address { get; init; }

    /// <summary>Content type and further headers of another client's request.</summary>
    internal IReadOnlyList<KeyValuePair<string, IEnumerable<string>>> ForeignHeaders { get; init; } = [];

    /// <summary>Whether the request belongs to background work that was admitted as a whole, so that it does not wait again.</summary>
    internal bool IsAdmitted { get; private init; }

    /// <summary>Whether the caller has a copy already, so that 304 is an answer.</summary>
    internal bool IsConditional => ForeignHeaders.Count > 0 && ForeignHeaders.Any(header =>
        header.Key.Equals("If-None-Match", StringComparison.OrdinalIgnoreCase) || header.Key.Equals("If-Modified-Since", StringComparison.OrdinalIgnoreCase));

    /// <summary>Takes the answers that become errors, for callers who want the answer itself.</summary>
    internal Action<ResponseSnapshot>? OnErrorResponse { get; init; }

    /// <summary>The path below the API's address.</summary>
    internal string Path => PathAndQuery.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? PathAndQuery[..query] : PathAndQuery;

    /// <summary>A read.</summary>
    /// <param name="route">The route with placeholders, for example <c>/repos/{owner}/{repo}/topics</c>.</param>
    /// <param name="values">The values of the placeholders, in order. Each is escaped and stays one path segment.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ArgumentException">The route is not a path, the number of values differs, or a value is empty, <c>.</c>, <c>..</c> or holds a control character.</exception>
    public static GitHubRequest Get(string route, params ReadOnlySpan<string> values) =>
        Create(HttpMethod.Get, route, values);

    /// <summary>A request by any method. POST and PATCH are taken for writes that must not be sent twice; set <see cref="Operation"/> where you know better.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="route">The route with placeholders.</param>
    /// <param name="values">The values of the placeholders, in order.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ArgumentException">The route is not a path, the number of values differs, or a value is empty, <c>.</c>, <c>..</c> or holds a control character.</exception>
    public static GitHubRequest Create(HttpMethod method, string route, params ReadOnlySpan<string> values)
    {
        ArgumentNullException.ThrowIfNull(method);
        return new(method, RouteTemplate.Expand(route, values), ClassOf(method));
    }

    /// <summary>Adds a query parameter.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">Its value; escaped.</param>
    /// <returns>A request with the parameter.</returns>
    public GitHubRequest WithQuery(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        var separator = PathAndQuery.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return this with { PathAndQuery = $"{PathAndQuery}{separator}{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}" };
    }

    /// <summary>Adds a JSON body.</summary>
    /// <typeparam name="T">The type of the body.</typeparam>
    /// <param name="value">The body.</param>
    /// <param name="typeInfo">Its source-generated description.</param>
    /// <returns>A request with the body.</returns>
    public GitHubRequest WithJson<T>(T value, JsonTypeInfo<T> typeInfo) =>
        this with { Body = JsonSerializer.SerializeToUtf8Bytes(value, typeInfo) };

    /// <summary>The method and path, without the query, as it may be shown: a credential in it is replaced.</summary>
    /// <returns>For example <c>GET /repos/acme/api</c>.</returns>
    public override string ToString() => Redaction.Clean($"{Method} {Path}");

    /// <summary>A request to an address that GitHub gave, such as the next page. The guard holds it to the origin.</summary>
    internal GitHubRequest Follow(Uri address) => this with { Address = address };

    /// <summary>A request of work that was admitted as a whole: it is counted on the lane, and goes at once.</summary>
    internal GitHubRequest PartOf(RequestLane lane) => this with { Lane = lane, IsAdmitted = true };

    /// <summary>Another client's request, to a complete address.</summary>
    internal static GitHubRequest Foreign(HttpMethod method, GitHubHost host, Uri address) =>
        new(method, host.PathBelowApi(address), ClassOf(method)) { Address = address };

    private static string GuessResource(string path) => path switch
    {
        // Asking for the limits is free, so no primary limit stands in its way.
        "/rate_limit" => "rate_limit",
        "/search/code" => "code_search",
        "/graphql" or "/api/graphql" => "graphql",
        _ when path.StartsWith("/search/", StringComparison.Ordinal) => "search",
        _ => "core",
    };

    /// <summary>The class of a request that is known by its method and path alone: of the POSTs, minting a token may be repeated.</summary>
    internal static OperationClass ClassOf(HttpMethod method, string path) =>
        method == HttpMethod.Post && path.StartsWith("/app/installations/", StringComparison.Ordinal) && path.EndsWith("/access_tokens", StringComparison.Ordinal)
            ? OperationClass.TokenMint
            : ClassOf(method);

    private static OperationClass ClassOf(HttpMethod method) => method.Method switch
    {
        "GET" or "HEAD" or "OPTIONS" => OperationClass.Read,
        "PUT" or "DELETE" => OperationClass.IdempotentWrite,
        _ => OperationClass.Write,
    };
}
