using System.Globalization;
using Microsoft.Extensions.Logging;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Http;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>
/// Says in time what will stop working: a token that ends soon, an API version on its way out. GitHub tells both on every answer;
/// each is said once a day, as a warning of the interaction that was running, else in the log.
/// </summary>
internal sealed partial class AnswerWarnings(IInteractions interactions, ILogger logger, TimeProvider timeProvider)
{
    /// <summary>How long before its end a token is warned of: time to have a new one approved.</summary>
    public static readonly TimeSpan TokenNotice = TimeSpan.FromDays(7);

    /// <summary>How long before its end an API version is warned of. GitHub supports one for two years more once there is a newer.</summary>
    public static readonly TimeSpan VersionNotice = TimeSpan.FromDays(180);

    private const string TokenHeader = "github-authentication-token-expiration";
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    // Not kept by name of credential or version: a client has one of each, and what an answer names must not fill memory.
    private long _tokenFrom;
    private long _versionFrom;

    /// <summary>Looks at the headers of an answer.</summary>
    public void Look(HttpResponseMessage response, string apiVersion, IGitHubCredential credential)
    {
        var now = timeProvider.GetUtcNow();
        if (IsDue(ref _versionFrom, now) && VersionNews(response, apiVersion, now) is { } aging && Claim(ref _versionFrom, now))
        {
            Say(aging);
        }

        // An App's JWT and what is minted end all the time, and are renewed.
        if (credential is { CanRenew: false } and not AppCredential && IsDue(ref _tokenFrom, now) && TokenNews(response, credential, now) is { } ending && Claim(ref _tokenFrom, now))
        {
            Say(ending);
        }
    }

    private static string? TokenNews(HttpResponseMessage response, IGitHubCredential credential, DateTimeOffset now) =>
        response.FirstHeader(TokenHeader) is { } header && HeaderTime.OfToken(header) is { } end && end - (response.SentAt() ?? now) <= TokenNotice
            ? string.Create(CultureInfo.InvariantCulture, $"the token of {credential.Identity} ends at {end.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC and cannot be renewed: put a new one in its place before")
            : null;

    private static string? VersionNews(HttpResponseMessage response, string apiVersion, DateTimeOffset now)
    {
        var (sunset, deprecation) = (response.FirstHeader("Sunset"), response.FirstHeader("Deprecation"));
        if (sunset is null && deprecation is null)
        {
            return null;
        }

        var end = HeaderTime.OfDate(sunset);
        if (end - (response.SentAt() ?? now) > VersionNotice)
        {
            return null;
        }

        var request = response.RequestMessage is { RequestUri: { } address } sent ? Redaction.Clean($"{sent.Method} {address.AbsolutePath}") : "a request";
        var selected = response.FirstHeader("X-GitHub-Api-Version-Selected") is { } version && IsVersion(version) ? version : apiVersion;
        var ends = end is { } day ? string.Create(CultureInfo.InvariantCulture, $"ends on {day.UtcDateTime:yyyy-MM-dd}") : "will end, on a day that it does not say";
        return $"GitHub says of {request} with API version {selected} that it is on its way out and {ends}: read what changes and set a newer ApiVersion";
    }

    private static bool IsVersion(string text) => text.Length <= 20 && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.');

    private static bool IsDue(ref long from, DateTimeOffset now) => Volatile.Read(ref from) <= now.UtcTicks;

    /// <summary>One of those who saw it says it.</summary>
    private static bool Claim(ref long from, DateTimeOffset now)
    {
        var due = Volatile.Read(ref from);
        return due <= now.UtcTicks && Interlocked.CompareExchange(ref from, (now + Pause).UtcTicks, due) == due;
    }

    private void Say(string what)
    {
        if (interactions.Current is { } scope)
        {
            scope.ReportWarning(what);
        }
        else
        {
            WillStopWorking(logger, what);
        }
    }

    [LoggerMessage(EventId = 1201, Level = LogLevel.Warning, Message = "Something will stop working: {What}.")]
    private static partial void WillStopWorking(ILogger logger, string what);
}
