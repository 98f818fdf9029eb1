using System.Text.Json;
using System.Text.Json.Serialization;
using ScmIntegrations.Http;

namespace ScmIntegrations.ToolGateways.Scalekit;

/// <summary>The answers, generated at build time. Each reads itself loosely (<see cref="ScalekitAnswerConverter{T}"/>).</summary>
[JsonSerializable(typeof(ScalekitAccountAnswer))]
[JsonSerializable(typeof(ScalekitPageAnswer))]
[JsonSerializable(typeof(ScalekitToolAnswer))]
[JsonSerializable(typeof(ScalekitLinkAnswer))]
[JsonSerializable(typeof(ScalekitTokenAnswer))]
[JsonSerializable(typeof(ScalekitDeletionAnswer))]
internal sealed partial class ScalekitJsonContext : JsonSerializerContext;

/// <summary>One account.</summary>
[JsonConverter(typeof(ScalekitAnswerConverter<ScalekitAccountAnswer>))]
internal sealed record ScalekitAccountAnswer(ScalekitAccountRecord Account) : IScalekitAnswer<ScalekitAccountAnswer>
{
    public static ScalekitAccountAnswer Read(JsonElement answer) =>
        ScalekitFields.Object(answer, "connected_account", "connectedAccount") is { } account && ScalekitAccountRecord.TryRead(account) is { } read
            ? new(read)
            : throw new WrongShapeException("The answer has no account with an id.");
}

/// <summary>A page of accounts.</summary>
/// <param name="Accounts">The accounts that could be read.</param>
/// <param name="Unread">How many could not.</param>
/// <param name="NextPageToken">Leads to the next page; <see langword="null"/> on the last one.</param>
/// <param name="TotalCount">How many there are on all pages.</param>
[JsonConverter(typeof(ScalekitAnswerConverter<ScalekitPageAnswer>))]
internal sealed record ScalekitPageAnswer(IReadOnlyList<ScalekitAccountRecord> Accounts, int Unread, string? NextPageToken, int? TotalCount) : IScalekitAnswer<ScalekitPageAnswer>
{
    /// <summary>The longest token that is sent in a query.</summary>
    public const int MaxPageTokenLength = 4096;

    public static ScalekitPageAnswer Read(JsonElement answer)
    {
        // An empty list may be left out, as everything that is empty; but something else than a list would look like no accounts.
        var list = answer.ValueKind is not JsonValueKind.Object ? throw new WrongShapeException("The page is no object.")
            : answer.Any("connected_accounts", "connectedAccounts");
        if (list is { ValueKind: not JsonValueKind.Array })
        {
            throw new WrongShapeException("The accounts of the page are no list.");
        }

        var entries = list?.EnumerateArray().Select(entry => entry.ValueKind is JsonValueKind.Object ? ScalekitAccountRecord.TryRead(entry) : null).ToList() ?? [];
        var read = entries.OfType<ScalekitAccountRecord>().ToList();
        return new(
            read,
            entries.Count - read.Count,
            NextPageTokenOf(answer),
            ScalekitFields.Count(answer, "total_size", "totalSize"));
    }

    private static string? NextPageTokenOf(JsonElement answer) => answer.Text("next_page_token", "nextPageToken") switch
    {
        { Length: > MaxPageTokenLength } => throw new WrongShapeException($"The token of the next page has more than {MaxPageTokenLength} characters."),
        var token => string.IsNullOrWhiteSpace(token) ? null : token,
    };
}

/// <summary>What a tool gave.</summary>
[JsonConverter(typeof(ScalekitAnswerConverter<ScalekitToolAnswer>))]
internal sealed record ScalekitToolAnswer(ToolResult Result) : IScalekitAnswer<ScalekitToolAnswer>
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    public static ScalekitToolAnswer Read(JsonElement answer) => answer.ValueKind is JsonValueKind.Object
        ? new(new ToolResult(answer.Any("data") ?? Nothing, answer.Text("execution_id", "executionId")))
        : throw new WrongShapeException("The answer is no object.");
}

/// <summary>Where a user authorises a connection.</summary>
[JsonConverter(typeof(ScalekitAnswerConverter<ScalekitLinkAnswer>))]
internal sealed record ScalekitLinkAnswer(AuthorizationLink Link) : IScalekitAnswer<ScalekitLinkAnswer>
{
    public static ScalekitLinkAnswer Read(JsonElement answer) =>
        Uri.TryCreate(answer.Text("link"), UriKind.Absolute, out var link) && link is { Scheme: "https" } or { IsLoopback: true, Scheme: "http" }
            ? new(new AuthorizationLink(link, answer.Time("expiry")))
            : throw new WrongShapeException("The answer has no https link.");
}

/// <summary>That an account was deleted: nothing is said, but no error either.</summary>
[JsonConverter(typeof(ScalekitAnswerConverter<ScalekitDeletionAnswer>))]
internal sealed record ScalekitDeletionAnswer : IScalekitAnswer<ScalekitDeletionAnswer>
{
    public static ScalekitDeletionAnswer Read(JsonElement answer) =>
        answer.ValueKind is JsonValueKind.Object && answer.Any("details", "error") is null && !(answer.Any("code", "code") is not null && answer.Any("message", "detail") is not null)
            ? new()
            : throw new WrongShapeException("The answer to a deletion is none.");
}
