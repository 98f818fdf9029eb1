using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Infrastructure;

/// <summary>Bodies as GitHub writes them, with the fields that tests read.</summary>
internal static class Bodies
{
    public const string IssuesPath = "/repos/acme/api/issues";

    public static string Issue(int number) => $$"""{"id":{{number}},"number":{{number}},"title":"Issue {{number}}","state":"open","user":{"login":"octocat","id":1,"type":"User"},"labels":[]}""";

    public static string Issues(params int[] numbers) => $"[{string.Join(',', numbers.Select(Issue))}]";

    /// <summary>A page of issues with a <c>Link</c> header.</summary>
    public static Answer Page(string? link, params int[] numbers) => Answers.Json(200, Issues(numbers)).WithHeader("Link", link);

    public static string Next(Uri address, int page) => $"<{Address(address, page)}>; rel=\"next\"";

    public static Uri Address(Uri address, int page) => new(address, $"repos/acme/api/issues?page={page}");

    public static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
