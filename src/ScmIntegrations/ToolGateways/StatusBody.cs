using System.Runtime.InteropServices;
using System.Text.Json;
using ScmIntegrations.Errors;
using ScmIntegrations.Http;

namespace ScmIntegrations.ToolGateways;

/// <summary>
/// <c>google.rpc.Status</c> as JSON: <c>code</c>, <c>message</c> and <c>details</c>, among which Scalekit's <c>ErrorInfo</c> has the
/// code that counts and what a provider said. The <c>code</c> of the status itself is not looked at: the HTTP status wins.
/// </summary>
internal static class StatusBody
{
    /// <summary>The code by which a gateway marks a provider's error.</summary>
    private const string ProviderCode = "TOOL_ERROR";

    private const string ErrorInfo = "/scalekit.v1.errdetails.ErrorInfo";
    private const string RetryInfo = "/google.rpc.RetryInfo";
    private const int MaxDetails = 100;

    /// <summary>A provider's error of which nothing is told.</summary>
    public static ProviderAnswer NothingTold { get; } = new(null, null, null, null);

    /// <summary>Whether a text has the code of a provider's error anywhere in it.</summary>
    public static bool HasSign(ReadOnlySpan<byte> text) => text.IndexOf("TOOL_ERROR"u8) >= 0;

    /// <summary>An error that is only a code and a message.</summary>
    public static GatewayErrorBody Of(string code, string message, SentSecrets sent) =>
        Make(sent.Clean(code), message, code is ProviderCode ? NothingTold : null, sent);

    public static GatewayErrorBody Read(JsonElement status, SentSecrets sent)
    {
        var details = ForeignJson.Find(status, "details");
        var entries = Entries(details);
        var infos = entries.Where(entry => TypeOf(entry)?.EndsWith(ErrorInfo, StringComparison.Ordinal) is true).ToList();
        var codes = infos.Select(info => ForeignJson.Find(info, "error_code", "errorCode")).ToList();
        var told = infos.Select(info => Told(info, sent)).FirstOrDefault(answer => answer is not null);

        // Whatever detail it stands in: one of a type that is new to us may be a provider's as well.
        var isProviders = told is not null || codes.Exists(code => ForeignJson.Text(code) is ProviderCode) || (details is { } all && HasSign(JsonMarshal.GetRawUtf8Value(all)));
        var read = Make(First(codes, sent), ForeignJson.Text(ForeignJson.Find(status, "message")), isProviders ? told ?? NothingTold : null, sent) with
        {
            RequestId = First(infos.Select(info => ForeignJson.Find(info, "request_info", "requestInfo") is { } request ? ForeignJson.Find(request, "request_id", "requestId") : null), sent),
            RetryDelay = entries.Where(entry => TypeOf(entry)?.EndsWith(RetryInfo, StringComparison.Ordinal) is true).Select(Delay).FirstOrDefault(delay => delay is not null),
            Trouble = details is { ValueKind: not JsonValueKind.Array } ? "its details are no list"
                : entries.Exists(entry => TypeOf(entry) is null) ? "a detail has no type"
                : codes.Exists(code => code is not null && !ForeignJson.IsText(code.Value)) ? "its code is no text"
                : null,
        };
        return read is { Trouble: not null, Speaker: ErrorSpeaker.Platform } ? read with { Speaker = ErrorSpeaker.Unintelligible } : read;
    }

    private static GatewayErrorBody Make(string? code, string? message, ProviderAnswer? provider, SentSecrets sent)
    {
        // Where the provider's own message is missing, its answer may stand in the gateway's.
        var words = provider is { Message: null } && message is not null && ProviderWords.Read(message) is { Status: not null } found ? found : null;
        return new(provider is null ? ErrorSpeaker.Platform : ErrorSpeaker.Provider)
        {
            Code = code,
            Message = message is null ? null : sent.Clean(message),
            Provider = words is null ? provider : provider! with { Message = sent.Clean(words.Message), Status = words.Status },
        };
    }

    private static List<JsonElement> Entries(JsonElement? details) => details switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Take(MaxDetails)],
        { } single => [single],
        null => [],
    };

    /// <summary>What is told of a provider's error; <see langword="null"/> when nothing is.</summary>
    private static ProviderAnswer? Told(JsonElement info, SentSecrets sent)
    {
        if (ForeignJson.Find(info, "tool_error_info", "toolErrorInfo") is not { } tool)
        {
            return null;
        }

        var words = ForeignJson.Text(ForeignJson.Find(tool, "tool_error_message", "toolErrorMessage")) is { } message ? ProviderWords.Read(message) : null;
        var answer = new ProviderAnswer(
            First([ForeignJson.Find(tool, "tool_error_code", "toolErrorCode")], sent),
            words is null ? null : sent.Clean(words.Message),
            First([ForeignJson.Find(tool, "execution_id", "executionId")], sent),
            words?.Status);
        return answer == NothingTold ? null : answer;
    }

    private static string? First(IEnumerable<JsonElement?> texts, SentSecrets sent) =>
        texts.Select(ForeignJson.Text).FirstOrDefault(text => text is not null) is { } first ? sent.Clean(first) : null;

    private static string? TypeOf(JsonElement detail) => ForeignJson.Text(ForeignJson.Find(detail, "@type"));

    private static TimeSpan? Delay(JsonElement detail) =>
        ForeignJson.Text(ForeignJson.Find(detail, "retry_delay", "retryDelay")) is { } delay ? WaitHeaders.Duration(delay) : null;
}
