using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>
/// What GitHub's answers mean, as data. The first row that matches decides: a definite message or documentation page
/// first, then the limit headers, then the status alone. A permission error can coincide with the last request of a
/// window, which is why the message goes before the headers.
/// </summary>
internal static class GitHubErrorTable
{
    private static readonly int[] Limited = [403, 429];

    /// <summary>The rows, in order; the last one matches everything.</summary>
    public static IReadOnlyList<GitHubErrorRow> Rows { get; } =
    [
        new(ErrorReason.SecondaryRateLimit) { Statuses = Limited, MessageHas = "secondary rate" },
        new(ErrorReason.SecondaryRateLimit) { Statuses = Limited, DocumentationEndsWith = "secondary-rate-limits" },
        new(ErrorReason.SecondaryRateLimit) { Statuses = Limited, DocumentationEndsWith = "#abuse-rate-limits" },
        new(ErrorReason.SecondaryRateLimit) { Statuses = Limited, MessageHas = "abuse detection mechanism" },
        new(ErrorReason.PrimaryRateLimit) { Statuses = Limited, MessageHas = "API rate limit exceeded" },
        new(ErrorReason.PermissionMissing) { Statuses = [403], MessageHas = "Resource not accessible by" },
        new(ErrorReason.EmptyRepository) { Statuses = [404, 409], MessageHas = "repository is empty" },
        new(ErrorReason.PrimaryRateLimit) { Statuses = Limited, Header = "x-ratelimit-remaining", HeaderValue = "0" },
        new(ErrorReason.SecondaryRateLimit) { Statuses = [403], Header = "Retry-After" },
        new(ErrorReason.SecondaryRateLimit) { Statuses = [403], Header = "gh-limited-by" },
        new(ErrorReason.SecondaryRateLimit) { Statuses = [429] },
        new(ErrorReason.RedirectRefused) { Statuses = [300, 301, 302, 303, 305, 307, 308] },
        new(ErrorReason.ValidationFailed) { Statuses = [400, 422] },
        new(ErrorReason.BadCredentials) { Statuses = [401] },
        new(ErrorReason.PermissionMissing) { Statuses = [403] },
        new(ErrorReason.NotFound) { Statuses = [404] },
        new(ErrorReason.Conflict) { Statuses = [409, 412] },
        new(ErrorReason.ServerError) { Statuses = [.. Enumerable.Range(500, 100)] },
        new(ErrorReason.Unknown) { Statuses = [] },
    ];
}
