using System.Text;
using ScmIntegrations.GitHub.Contents;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.Infrastructure;

/// <summary>Short ways to files and blobs of <c>acme/api</c>.</summary>
internal static class ContentFixture
{
    public const string Contents = "/repos/acme/api/contents/{path...}";
    public const string Blobs = "/repos/acme/api/git/blobs/{sha}";
    public const string RawType = "application/vnd.github.raw+json; charset=utf-8";

    public static FakeRepository Api(this ClientFixture fixture) => fixture.GitHub.Repository("acme/api");

    public static Task<GitHubFile> GetFileAsync(this ClientFixture fixture, string path = "README.md", string? gitRef = null) =>
        fixture.Client.GetFileAsync(Requests.Api, path, gitRef, TestContext.Current.CancellationToken);

    public static Task<GitHubDownload> OpenFileAsync(this ClientFixture fixture, string path = "README.md", string? gitRef = null) =>
        fixture.Client.OpenFileAsync(Requests.Api, path, gitRef, TestContext.Current.CancellationToken);

    public static Task<ReadOnlyMemory<byte>> GetBlobAsync(this ClientFixture fixture, string sha) =>
        fixture.Client.GetBlobAsync(Requests.Api, sha, TestContext.Current.CancellationToken);

    public static Task<GitHubDownload> OpenBlobAsync(this ClientFixture fixture, string sha) =>
        fixture.Client.OpenBlobAsync(Requests.Api, sha, TestContext.Current.CancellationToken);

    /// <summary>Reads to the end, however the stream deals out its bytes.</summary>
    public static async Task<byte[]> ReadToEndAsync(this Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, TestContext.Current.CancellationToken);
        return all.ToArray();
    }

    /// <summary>Bytes that differ, so that one that comes twice or not at all is seen.</summary>
    public static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(index => (byte)(index * 31 + index / 251))];

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
