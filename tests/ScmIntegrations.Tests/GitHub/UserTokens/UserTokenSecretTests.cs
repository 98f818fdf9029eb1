using System.Text.Json;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.GitHub.UserTokens;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.GitHub.UserTokens;

/// <summary>What was sent does not come out again: in no message, cause, log or text.</summary>
public sealed class UserTokenSecretTests
{
    private const string Refresh = "r3fr3sh/THISMUST=NEVERPRINT";
    private const string Code = "c0de+THISMUST/NEVERPRINT";
    private const string Verifier = "verifier-THISMUSTNEVERPRINT-0123456789-0123456789";
    private const string Device = "dev1ce/THISMUST/NEVERPRINT";

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(502)]
    public async Task An_answer_that_repeats_what_was_sent_shows_nothing(int status)
    {
        await using var rig = await UserTokenRig.StartAsync(options => options.Resilience.MaxAttempts = 1);
        rig.GitHub.When(request => request.Method == HttpMethod.Post).Answer(Answers.Custom((context, token) =>
        {
            var sent = rig.GitHub.Requests[^1].Body;
            var echo = $"{sent} {Uri.UnescapeDataString(sent)}";
            context.Response.StatusCode = status;
            context.Response.Headers["X-GitHub-Request-Id"] = echo;
            context.Response.ContentType = "application/json";
            var body = $$"""{"error":{{Quote(echo)}},"error_description":{{Quote(echo)}},"error_uri":{{Quote("https://docs.github.com/?" + sent)}}}""";
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, body, token);
        }));
        var device = new GitHubDeviceCode(Device) { UserCode = "u", VerificationAddress = rig.GitHub.WebAddress, ExpiresAt = rig.Time.GetUtcNow() + TimeSpan.FromMinutes(1) };

        foreach (var act in (Func<Task>[])
        [
            () => rig.Client.RefreshAsync(new GitHubToken(Refresh), UserTokenRig.Cancellation),
            () => rig.Client.ExchangeCodeAsync(Code, null, Verifier, UserTokenRig.Cancellation),
            () => rig.Client.WaitForDeviceAsync(device, UserTokenRig.Cancellation),
            () => rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation),
        ])
        {
            var error = await UserTokenRig.FailAsync(act);
            Leaks($"{error} {error.Explain()} {error.Error} {error.DocumentationUrl} {error.RequestId} {error.InnerException}").Should().BeFalse();
        }

        rig.Log.Lines.Select(line => $"{line.Message} {line.Exception}").Should().NotContain(line => Leaks(line));
        rig.GitHub.Requests.Select(request => request.Target).Should().NotContain(target => Leaks(target));
    }

    public static TheoryData<string, Answer> Troubles => new()
    {
        { "reset", Answers.Reset() },
        { "a page", Answers.Html200() },
        { "429", Answers.Text(429) },
        { "carried out, and cut", Answers.Real().CutAfter(60) },
        { "carried out, and broken", Answers.Real().ResetAfter(60) },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task No_trouble_shows_a_token(string what, Answer answer)
    {
        await using var rig = await UserTokenRig.StartAsync();
        var grant = rig.App.Grant("octocat");
        rig.WhenTokenIsAsked().Answer(answer);

        var error = await UserTokenRig.FailAsync(() => rig.RefreshAsync(grant));

        var text = $"{error} {error.Explain()} {string.Join(' ', rig.Log.Lines.Select(line => $"{line.Message} {line.Exception}"))}";
        text.Should().NotContain(grant.RefreshToken!, what).And.NotContain("ghu_").And.NotContain("ghr_").And.NotContain(UserTokenRig.Secret);
    }

    [Fact]
    public void A_token_and_a_code_print_no_secret()
    {
        var token = new GitHubUserToken { AccessToken = new GitHubToken(Refresh), RefreshToken = new GitHubToken(Code), Scopes = ["repo"] };
        var device = new GitHubDeviceCode(Device) { UserCode = "WDJB-MJHT", VerificationAddress = new("https://github.com/login/device"), ExpiresAt = DateTimeOffset.UnixEpoch };

        token.ToString().Should().Be($"access {token.AccessToken}, refresh {token.RefreshToken}");
        new GitHubUserToken { AccessToken = token.AccessToken }.ToString().Should().EndWith("refresh none");
        device.ToString().Should().Be("WDJB-MJHT at https://github.com/login/device");
        Leaks($"{token} {device} {JsonSerializer.Serialize(token)} {JsonSerializer.Serialize(device)}").Should().BeFalse();
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    private static bool Leaks(string text) => ((string[])[Refresh, Code, Verifier, Device, UserTokenRig.Secret])
        .SelectMany(secret => (string[])[secret, Uri.EscapeDataString(secret), secret.Replace("+", "\\u002B", StringComparison.Ordinal)])
        .Any(secret => text.Contains(secret, StringComparison.Ordinal));
}
