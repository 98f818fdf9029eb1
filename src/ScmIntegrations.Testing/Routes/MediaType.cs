namespace ScmIntegrations.Testing;

/// <summary>Which of GitHub's forms of a file a request asks for in <c>Accept</c>.</summary>
internal static class MediaType
{
    public static bool IsRaw(Call call) => Names(call, "raw");

    public static bool IsObject(Call call) => Names(call, "object");

    /// <summary>The bytes of a file, with the headers of the raw form.</summary>
    public static Answer Raw(Call call, string sha, ReadOnlyMemory<byte> content)
    {
        call.Context.Response.Headers["X-GitHub-Media-Type"] = "github.v3; param=raw; format=json";
        return new BytesAnswer(200, content, "application/vnd.github.raw+json; charset=utf-8", version: $"raw {sha}");
    }

    // application/vnd.github.raw+json, application/vnd.github.raw, application/vnd.github.v3.raw
    private static bool Names(Call call, string form) => call.Context.Request.Headers.Accept.ToString()
        .Split(',', StringSplitOptions.TrimEntries)
        .Select(type => type.Split(';', '+')[0])
        .Any(type => type.StartsWith("application/vnd.github.", StringComparison.OrdinalIgnoreCase) && type.EndsWith("." + form, StringComparison.OrdinalIgnoreCase));
}
