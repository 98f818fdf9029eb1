using System.Text.Json;
using System.Text.Json.Serialization;
using ScmIntegrations.CodingAgents.Failures;

namespace ScmIntegrations.CodingAgents.Launching;

/// <summary>
/// A batch's result as a product's own API tells its front end: <c>success</c>, <c>launched_count</c>, <c>failed_count</c> and <c>failures</c>.
/// Sent with HTTP 200 also when every launch failed.
/// </summary>
public sealed record CodingAgentLaunchReport
{
    /// <summary>Whether at least one agent was launched.</summary>
    public bool Success { get; init; }

    /// <summary>How many agents were launched.</summary>
    public int LaunchedCount { get; init; }

    /// <summary>How many repositories failed.</summary>
    public int FailedCount { get; init; }

    /// <summary>One for each repository that failed.</summary>
    public IReadOnlyList<CodingAgentLaunchReportFailure> Failures { get; init; } = [];

    /// <summary>Tells a result.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="result"/> is <see langword="null"/>.</exception>
    public static CodingAgentLaunchReport Of(CodingAgentLaunchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new()
        {
            Success = result.Success,
            LaunchedCount = result.LaunchedCount,
            FailedCount = result.FailedCount,
            Failures =
            [
                .. result.Launches.Where(launch => launch.Failure is not null).Select(launch => new CodingAgentLaunchReportFailure
                {
                    RepoName = launch.Repository.FullName,
                    ErrorMessage = launch.Failure!.Message,
                    FailureType = launch.Failure.Type,
                    GithubInstallationId = launch.Failure.InstallationId,
                }),
            ],
        };
    }

    /// <summary>Reads a report, also one that another implementation has written: a type that is absent or new is <see cref="LaunchFailureType.Generic"/>.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The report.</returns>
    /// <exception cref="JsonException">The text is not such a report.</exception>
    public static CodingAgentLaunchReport Parse(string json) =>
        JsonSerializer.Deserialize(json, CodingAgentLaunchJson.Default.CodingAgentLaunchReport) ?? throw new JsonException("The report is null.");

    /// <summary>Writes the report.</summary>
    /// <returns>The JSON text.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, CodingAgentLaunchJson.Default.CodingAgentLaunchReport);
}

/// <summary>A repository that failed, as a product's own API tells it.</summary>
public sealed record CodingAgentLaunchReportFailure
{
    /// <summary>The repository, OWNER/NAME.</summary>
    public required string RepoName { get; init; }

    /// <summary>What happened and what to do.</summary>
    public required string ErrorMessage { get; init; }

    /// <summary>What it failed for.</summary>
    [JsonConverter(typeof(LaunchFailureTypeConverter))]
    public LaunchFailureType FailureType { get; init; }

    /// <summary>The installation of the GitHub App that covers the repository; absent when it is not known. Read from a number or a text.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? GithubInstallationId { get; init; }
}

/// <summary>The report's shape, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CodingAgentLaunchReport))]
internal sealed partial class CodingAgentLaunchJson : JsonSerializerContext;
