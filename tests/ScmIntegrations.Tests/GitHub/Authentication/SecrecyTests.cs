using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Authentication;

/// <summary>A secret is never printed, whatever goes wrong around it.</summary>
public sealed class SecrecyTests
{
    public static TheoryData<string, Answer> Misfortunes => new()
    {
        { "none", Answers.Real() },
        { "401", Answers.BadCredentials() },
        { "403", Answers.PermissionDenied() },
        { "422 that echoes the header", Answers.Custom(async (context, cancellationToken) =>
        {
            context.Response.StatusCode = 422;
            await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"You sent {context.Request.Headers.Authorization}"), cancellationToken);
        }) },
        { "500", Answers.ServerError() },
        { "a broken connection", Answers.Reset() },
        { "HTML", Answers.Html200() },
        { "a redirect elsewhere", Answers.Redirect("https://evil.example/") },
    };

    [Theory]
    [MemberData(nameof(Misfortunes))]
    public async Task Nothing_that_is_said_holds_a_secret(string what, Answer answer)
    {
        var spoken = new ConcurrentQueue<string>();
        using var own = new Activity("test");
        own.Start();
        using var activities = Listen(spoken, own.TraceId);
        foreach (var asInstallation in new[] { false, true })
        {
            await using var fixture = await ClientFixture.StartAsync(setup => setup.AsInstallation = asInstallation);
            fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(answer);

            var error = await Record.ExceptionAsync(fixture.GetApiAsync);

            Say(spoken, error);
            fixture.EverythingSaid.ToList().ForEach(spoken.Enqueue);
            foreach (var secret in fixture.GitHub.Requests.Select(request => request.Token!).Append(TestKeys.Pkcs1.Split('\n')[1]))
            {
                spoken.Should().NotContain(said => said.Contains(secret, StringComparison.Ordinal), what);
            }
        }

        spoken.Should().Contain(said => said.Contains("get_repository", StringComparison.Ordinal), "the ears are open");
    }

    [Fact]
    public void A_token_prints_as_stars()
    {
        var token = new GitHubToken("ghp_secret");

        token.ToString().Should().MatchRegex(@"^\*\*\* \([0-9a-f]{8}\)$");
        typeof(GitHubToken).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value.Should().Be("{ToString(),nq}");
        typeof(GitHubToken).GetProperty(nameof(GitHubToken.Value))!.GetCustomAttribute<DebuggerBrowsableAttribute>()!.State.Should().Be(DebuggerBrowsableState.Never);
    }

    [Fact]
    public void Whoever_holds_a_secret_does_not_print_it()
    {
        var options = new GitHubIntegrationOptions();
        options.UseToken("ghp_secret");
        var credential = new TokenCredential("ghp_secret");
        object[] holders = [options, credential, RsaAppJwtSigner.FromPem(TestKeys.Pkcs1), new AppCredential("Iv1", RsaAppJwtSigner.FromPem(TestKeys.Pkcs1), TimeProvider.System)];

        holders.Select(holder => $"{holder}").Should().OnlyContain(text => !text.Contains("secret") && !text.Contains("KEY"));
        credential.Identity.Should().MatchRegex("^token:[0-9a-f]{8}$");
    }

    [Fact]
    public void What_a_mint_answers_prints_no_token() =>
        $"{(object)new InstallationTokenWire { Token = "ghs_secret", ExpiresAt = default }}".Should().NotContain("ghs_secret");

    /// <summary>Hears of every source, and of the test's own trace alone: what other tests do not have sampled stays so.</summary>
    private static ActivityListener Listen(ConcurrentQueue<string> spoken, ActivityTraceId own)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.TraceId == own ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (activity.TraceId != own)
                {
                    return;
                }

                spoken.Enqueue($"{activity.OperationName} {activity.DisplayName} {activity.StatusDescription}");
                foreach (var tag in activity.TagObjects.Concat(activity.Baggage.Select(pair => new KeyValuePair<string, object?>(pair.Key, pair.Value)))
                    .Concat(activity.Events.SelectMany(one => one.Tags)))
                {
                    spoken.Enqueue($"{tag.Key}={tag.Value}");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static void Say(ConcurrentQueue<string> spoken, Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            spoken.Enqueue(error.ToString());
            spoken.Enqueue($"{(error as ScmException)?.Error}");
            foreach (DictionaryEntry entry in error.Data)
            {
                spoken.Enqueue($"{entry.Key}={entry.Value}");
            }
        }
    }
}
