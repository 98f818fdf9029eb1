using System.Text.Json;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>Reads the beginning of a device flow.</summary>
internal static class DeviceCodeAnswer
{
    private const int MostLength = 1024;

    // What GitHub gives where it says nothing else (docs.github.com, "Generating a user access token for a GitHub App").
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(1);

    /// <summary>Makes the code.</summary>
    /// <param name="answer">The body.</param>
    /// <param name="askedAt">When it was asked for: its lifetime counts from here.</param>
    /// <param name="webAddress">Where GitHub's pages are.</param>
    /// <exception cref="WrongShapeException">The body has no code.</exception>
    public static GitHubDeviceCode Read(JsonElement answer, DateTimeOffset askedAt, Uri webAddress) => new(Required(answer, "device_code"))
    {
        UserCode = Required(answer, "user_code"),
        VerificationAddress = PageOf(answer.Text("verification_uri"), webAddress),
        ExpiresAt = askedAt + Shorter(answer.Seconds("expires_in") ?? DefaultLifetime, LongestLifetime),
        Interval = Shorter(answer.Seconds("interval") ?? DefaultInterval, LongestLifetime),
    };

    private static string Required(JsonElement answer, string name) =>
        answer.Text(name) is { } text && !text.AsSpan().ContainsAnyExceptInRange('!', '~') && text.Length <= MostLength ? text : throw new WrongShapeException($"The answer has neither a {name} nor an error.");

    /// <summary>An answer leads nobody away from the GitHub that was asked; its page for codes is the same everywhere.</summary>
    private static Uri PageOf(string? page, Uri webAddress) =>
        Uri.TryCreate(page, UriKind.Absolute, out var address) && address.IsSameOrigin(webAddress) && address.UserInfo.Length == 0 ? address : new Uri(webAddress, "login/device");

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
