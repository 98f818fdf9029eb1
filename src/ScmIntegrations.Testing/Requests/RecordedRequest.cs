using System.Text;

using Microsoft.AspNetCore.WebUtilities;

namespace ScmIntegrations.Testing;

/// <summary>One request that the fake was asked.</summary>
public sealed class RecordedRequest
{
    private int _status;

    internal RecordedRequest(HttpMethod method, string target, string path, string query, IReadOnlyDictionary<string, string> headers, byte[] body, DateTimeOffset time)
    {
        Method = method;
        Target = target;
        Path = path;
        Query = query;
        Headers = headers;
        Body = Encoding.UTF8.GetString(body);
        Time = time;
    }

    /// <summary>The method.</summary>
    public HttpMethod Method { get; }

    /// <summary>Path and query exactly as they came, the prefix of the server included.</summary>
    public string Target { get; }

    /// <summary>The path below the prefix of the server, still escaped.</summary>
    public string Path { get; }

    /// <summary>The query with its question mark, still escaped; empty without one.</summary>
    public string Query { get; }

    /// <summary>The headers. Names are found in any case; several values are joined by a comma.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body, read as UTF-8; empty without one.</summary>
    public string Body { get; }

    /// <summary>When it came, by the clock of the server.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The status it was answered with; <see langword="null"/> while, or when, no headers were sent.</summary>
    public int? Status
    {
        get => Volatile.Read(ref _status) is var status and not 0 ? status : null;
        internal set => Volatile.Write(ref _status, value ?? 0);
    }

    /// <summary>Whether the fake knows the route, or a scripted fault answered.</summary>
    public bool Matched { get; internal set; }

    /// <summary>Why nothing answered it, as <see cref="UnmatchedRequestException"/> says it; <see langword="null"/> when something did.</summary>
    internal Exception? Trouble { get; set; }

    /// <summary>Whether the fake has chosen its answer.</summary>
    internal bool IsDecided { get; set; }

    /// <summary>The token of the <c>Authorization</c> header, or <see langword="null"/>.</summary>
    public string? Token =>
        Headers.TryGetValue("Authorization", out var value) && value.Split(' ', 2) is [_, var token] ? token : null;

    /// <summary>The values of a parameter in the query, unescaped, in their order.</summary>
    /// <param name="name">Its name, exactly.</param>
    /// <returns>The values; none when it is absent.</returns>
    public string[] QueryValues(string name) =>
        QueryHelpers.ParseQuery(Query).Where(pair => string.Equals(pair.Key, name, StringComparison.Ordinal)).SelectMany(pair => pair.Value).OfType<string>().ToArray();

    /// <summary>Whether method and path fit.</summary>
    /// <param name="method">The method.</param>
    /// <param name="pathTemplate">A path whose <c>{segments}</c> fit anything; <c>{rest...}</c> at the end fits any number of segments.</param>
    /// <returns>Whether they fit.</returns>
    public bool Fits(HttpMethod method, string pathTemplate) =>
        Method == method && PathTemplate.Parse(pathTemplate).TryMatch(Path, out _);

    /// <summary>Method, target and status; never a header, so that no token is printed.</summary>
    /// <returns>A line of text.</returns>
    public override string ToString() => $"{Method} {Target} → {Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no answer"}";
}
