using System.Text.Json;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Quickstart.Tests;

/// <summary>One of the many things that GitHub says with 403, and what a person should be told.</summary>
internal sealed record ForbiddenAnswer(string Reason, string Owner, string AdviceWord, string Message)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public string? FixUrl { get; init; }

    /// <summary>The body as GitHub sends it.</summary>
    public string Body { get; init; } = $$"""{"message":{{JsonSerializer.Serialize(Message, JsonSerializerOptions.Default)}},"documentation_url":"https://docs.github.com/rest","status":"403"}""";

    /// <summary>Shown in the test's name.</summary>
    public override string ToString() => Reason;

    /// <summary>Explains it, as somebody who has it from a log.</summary>
    public async Task<AppRun> ExplainAsync(params string[] more)
    {
        using var body = new BodyFile(Body);
        return await AppRun.WithAsync(
            ["explain", "--status", "403", "--path", "/repos/acme/api", "--body", body.Path, .. Headers.SelectMany(header => (string[])["--header", $"{header.Name}: {header.Value}"]), .. more]);
    }

    /// <summary>The same as an answer of the fake.</summary>
    public Answer ToAnswer() => Headers.Aggregate(Answers.Json(403, Body), (answer, header) => answer.WithHeader(header.Name, header.Value));
}
