using ScmIntegrations.Testing;

namespace AgentDesk.Demo;

/// <summary>What is refused, and where, in the words of GitHub and Cursor.</summary>
internal static class DemoRefusals
{
    /// <summary>Puts the refusals in force.</summary>
    /// <param name="gitHub">Plays GitHub.</param>
    /// <param name="cursor">Plays Cursor.</param>
    /// <param name="mayWrite">Whether an owner's installation has <c>contents: write</c>, asked at each launch.</param>
    public static void Script(FakeGitHub gitHub, FakeCursor cursor, Func<string, bool> mayWrite)
    {
        foreach (var owner in DemoRepositories.Owners)
        {
            foreach (var name in owner.Names)
            {
                var launches = CopilotLaunches(name);
                gitHub.When(request => request.Method == HttpMethod.Post && request.Path.Equals(launches, StringComparison.OrdinalIgnoreCase) && !mayWrite(owner.Login))
                    .Answer(Answers.PermissionDenied("contents=write"));
            }
        }

        gitHub.When(HttpMethod.Post, CopilotLaunches(DemoRepositories.NotLicensed))
            .Answer(Answers.CopilotNotLicensed());
        gitHub.When(HttpMethod.Post, CopilotLaunches(DemoRepositories.QuotaUsedUp))
            .Answer(Answers.CopilotInsufficientQuota());
        gitHub.When(HttpMethod.Post, CopilotLaunches(DemoRepositories.SingleSignOn))
            .Answer(Answers.SamlRequired("https://github.com/orgs/acme/sso?authorization_request=demonstration"));

        cursor.HideRepository(DemoRepositories.HiddenFromCursor);
        cursor.When(request => request.Method == HttpMethod.Post && request.Body.Contains($"/{DemoRepositories.LimitedAtCursor}\"", StringComparison.Ordinal))
            .Answer(Answers.CursorError(429, "rate_limit_exceeded", "Too many agents were started in the last hour.").WithHeader("Retry-After", "600"));
    }

    private static string CopilotLaunches(string repository) => $"/agents/repos/{repository}/tasks";
}
