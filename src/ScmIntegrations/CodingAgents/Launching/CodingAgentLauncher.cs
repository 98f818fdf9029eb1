using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace ScmIntegrations.CodingAgents.Launching;

/// <summary>Hands the repositories of a batch out, so many at a time, and gathers what became of each.</summary>
internal sealed partial class CodingAgentLauncher(RepositoryLauncher repositories, ILogger logger) : ICodingAgentLauncher
{
    private const int KeyLength = 32;

    public Task<CodingAgentLaunchResult> LaunchAsync(
        ICodingAgentClient agent,
        CodingAgentBatch batch,
        IProgress<CodingAgentLaunch>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(batch.Targets, nameof(batch));
        if (string.IsNullOrWhiteSpace(batch.Prompt))
        {
            throw new ArgumentException("The batch has no prompt: an agent needs to be told what to do.", nameof(batch));
        }

        CodingAgentRequest.CheckIdempotencyKey(batch.IdempotencyKey, nameof(batch));
        if (batch.Targets.Any(target => target?.Repository is null))
        {
            throw new ArgumentException("The batch names a repository that is null.", nameof(batch));
        }

        CodingAgentTarget[] targets = [.. batch.Targets.DistinctBy(target => target.Repository)];
        return targets.Length == 0 ? throw new ArgumentException("The batch names no repository.", nameof(batch))
            : cancellationToken.IsCancellationRequested ? Task.FromCanceled<CodingAgentLaunchResult>(cancellationToken)
            : LaunchAllAsync(agent, batch, targets, progress, cancellationToken);
    }

    private async Task<CodingAgentLaunchResult> LaunchAllAsync(
        ICodingAgentClient agent,
        CodingAgentBatch batch,
        CodingAgentTarget[] targets,
        IProgress<CodingAgentLaunch>? progress,
        CancellationToken cancellationToken)
    {
        var key = batch.IdempotencyKey ?? RandomNumberGenerator.GetHexString(KeyLength, lowercase: true);
        var launches = new CodingAgentLaunch[targets.Length];
        var limits = new LimitStreak();

        // Not by the caller's token: a repository that is not tried any more is accounted for as well.
        var bound = new ParallelOptions { MaxDegreeOfParallelism = batch.MaxConcurrency, CancellationToken = CancellationToken.None };
        await Parallel.ForAsync(0, targets.Length, bound, async (i, _) =>
        {
            if (limits.Refuse(targets[i]) is { } refusal)
            {
                launches[i] = new(targets[i].Repository) { Failure = refusal };
            }
            else
            {
                launches[i] = await repositories.LaunchAsync(agent, RequestOf(batch, targets[i], key), targets[i], batch.LaunchTimeout, cancellationToken).ConfigureAwait(false);
                limits.Note(launches[i]);
            }

            Report(progress, launches[i]);
        }).ConfigureAwait(false);
        return new(key, launches) { IsCancelled = cancellationToken.IsCancellationRequested && launches.Any(launch => launch.Task is null) };
    }

    private static CodingAgentRequest RequestOf(CodingAgentBatch batch, CodingAgentTarget target, string key) => new(target.Repository, batch.Prompt)
    {
        BaseRef = target.BaseRef,
        BranchName = batch.BranchName,
        CreatePullRequest = batch.CreatePullRequest,
        Model = batch.Model,
        PromptOverflow = batch.PromptOverflow,
        IdempotencyKey = key,
        IsKeyNew = batch.IdempotencyKey is null,
    };

    private void Report(IProgress<CodingAgentLaunch>? progress, CodingAgentLaunch launch)
    {
        try
        {
            progress?.Report(launch);
        }
        catch (Exception exception)
        {
            // Who watches must not lose what was launched.
            ProgressThrew(logger, exception, launch.Repository.FullName);
        }
    }

    [LoggerMessage(EventId = 1501, Level = LogLevel.Warning, Message = "The progress of a batch threw when it was told of {Repository}; the launch is not affected.")]
    private static partial void ProgressThrew(ILogger logger, Exception exception, string repository);
}
