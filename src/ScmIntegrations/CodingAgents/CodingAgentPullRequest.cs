using System.Globalization;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.CodingAgents;

/// <summary>The pull request of a task.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Url">Its page.</param>
public sealed record CodingAgentPullRequest(int Number, Uri Url)
{
    private static readonly Uri GitHub = new("https://github.com/");

    /// <summary>Its title, where it is known.</summary>
    public string? Title { get; init; }

    /// <summary>
    /// Reads the address of a pull request, and takes it only if it is one of that repository: exactly
    /// <c>https://github.com/OWNER/NAME/pull/NUMBER</c>. What an agent or a webhook says is not trusted to lead people anywhere else.
    /// </summary>
    /// <param name="url">The address.</param>
    /// <param name="repository">The repository that the task is for.</param>
    /// <param name="webAddress">Where that GitHub's pages are; <see langword="null"/> for <c>https://github.com/</c>.</param>
    /// <returns>The pull request, or <see langword="null"/>.</returns>
    public static CodingAgentPullRequest? Of(string? url, RepositoryRef repository, Uri? webAddress = null)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var prefix = $"{(webAddress ?? GitHub).GetLeftPart(UriPartial.Authority)}/{repository.FullName}/pull/";
        return url is not null
            && url.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && url[prefix.Length..] is [>= '1' and <= '9', ..] digits
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new(number, new Uri(url))
                : null;
    }
}
