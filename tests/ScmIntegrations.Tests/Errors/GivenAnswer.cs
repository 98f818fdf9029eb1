using System.Text;
using System.Text.Json;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.Errors;

/// <summary>An answer of GitHub's, how a client comes to meet it, and what it means.</summary>
internal sealed record GivenAnswer(ErrorReason Reason, int Status, string? Message = null)
{
    public const string SomePath = "/repos/acme/api/things";

    public HttpMethod Method { get; init; } = HttpMethod.Get;

    public string Path { get; init; } = SomePath;

    public TokenAge Token { get; init; }

    public string DocumentationUrl { get; init; } = "https://docs.github.com/rest";

    /// <summary>The body when it is not GitHub's envelope around the message.</summary>
    public string? OtherBody { get; init; }

    public string ContentType { get; init; } = "application/json; charset=utf-8";

    /// <summary>Headers besides those on every answer; <see langword="null"/> takes one of those away.</summary>
    public IReadOnlyList<(string Name, string? Value)> Headers { get; init; } = [];

    public string Body => OtherBody ?? (Message is null ? "" : JsonSerializer.Serialize(new { message = Message, documentation_url = DocumentationUrl, status = $"{Status}" }));

    /// <summary>What the fake answers.</summary>
    public Answer ToAnswer() => Headers.Aggregate(Answers.Text(Status, Body, ContentType), (answer, header) => answer.WithHeader(header.Name, header.Value));

    /// <summary>The same as a recorded answer, that nobody sends.</summary>
    public GitHubAnswer ToGitHubAnswer() => new(Status)
    {
        Method = Method,
        Path = Path,
        Body = Encoding.UTF8.GetBytes(Body),
        Headers =
        [
            .. new[] { ("X-GitHub-Request-Id", "AB12"), ("x-ratelimit-limit", "5000"), ("x-ratelimit-remaining", (string?)"4999") }
                .Where(common => !Headers.Any(header => header.Name.Equals(common.Item1, StringComparison.OrdinalIgnoreCase)))
                .Concat(Headers)
                .Where(header => header.Item2 is not null)
                .Select(header => KeyValuePair.Create(header.Item1, header.Item2!)),
        ],
    };

    public override string ToString() => $"{Status} {Message ?? OtherBody} → {Reason}";
}

/// <summary>What GitHub is known to think of the token that a request carries.</summary>
internal enum TokenAge
{
    /// <summary>Nothing: it has not been used, and nobody knows when it was made.</summary>
    Unknown,

    /// <summary>It was minted a moment ago.</summary>
    Fresh,

    /// <summary>It was accepted before.</summary>
    Proven,
}
