using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Simulation.Tests.Client;
using ScmIntegrations.Simulation.Tests.Scenarios;

namespace ScmIntegrations.Simulation.Tests.Running;

/// <summary>One caller: waits for its time, calls, and may give up.</summary>
internal sealed class SimulatedCall(PlannedCall plan, IReadOnlyList<SimulatedRepository> repositories, IGitHubIntegrationClient client, TimeProvider time)
{
    private static readonly JsonTypeInfo<JsonElement> AnyJson = (JsonTypeInfo<JsonElement>)JsonSerializerOptions.Default.GetTypeInfo(typeof(JsonElement));

    private DateTimeOffset? _startedAt;
    private CallRecord? _record;

    public PlannedCall Plan => plan;

    /// <summary>When it began; <see langword="null"/> before.</summary>
    public DateTimeOffset? StartedAt => _startedAt;

    public bool HasEnded => Volatile.Read(ref _record) is not null;

    public CallRecord Record => Volatile.Read(ref _record)
        ?? new(plan, _startedAt ?? time.GetUtcNow(), time.GetUtcNow(), CallEnding.StillRunning, null, CallerCancelled: false, null);

    public async Task RunAsync()
    {
        await Task.Delay(plan.StartsAt, time);
        var startedAt = time.GetUtcNow();
        _startedAt = startedAt;
        TaggingHandler.Enter(plan.Tag);
        using var patience = plan.CancelsAfter is { } after ? new CancellationTokenSource(after, time) : new CancellationTokenSource();
        CallRecord Ended(CallEnding ending, Exception? exception, string? wrong) =>
            new(plan, startedAt, time.GetUtcNow(), ending, exception, patience.IsCancellationRequested, wrong);
        CallRecord record;
        try
        {
            record = Ended(CallEnding.Result, null, await CallAsync(patience.Token));
        }
        catch (ScmException error)
        {
            record = Ended(CallEnding.ScmError, error, Contradiction(error));
        }
        catch (OperationCanceledException cancelled) when (cancelled.CancellationToken == patience.Token && patience.IsCancellationRequested)
        {
            record = Ended(CallEnding.Cancelled, cancelled, null);
        }
        catch (Exception exception)
        {
            record = Ended(CallEnding.SomethingElse, exception, null);
        }

        Volatile.Write(ref _record, record);
    }

    private async Task<string?> CallAsync(CancellationToken cancellationToken)
    {
        var name = new RepositoryRef(plan.Repository.Name);
        switch (plan.Operation)
        {
            case Operation.GetRepository:
                var found = await client.GetRepositoryAsync(name, cancellationToken);
                return string.Equals(found.FullName, plan.Repository.Name, StringComparison.Ordinal) ? null : $"asked for {name}, got {found.FullName}";

            case Operation.ListRepositories:
                return await ListAsync(cancellationToken);

            case Operation.GetTree:
                return TreeCheck.Wrong(plan.Repository, await client.GetTreeAsync(name, plan.Number % 2 == 0 ? "main" : null, cancellationToken), mayBeEmpty: false);

            case Operation.GetCachedTree:
                return TreeCheck.Wrong(plan.Repository, (await client.GetCachedTreeAsync(name, plan.Number % 2 == 0 ? "main" : null, cancellationToken)).Tree, mayBeEmpty: true);

            case Operation.ScanTrees:
                return await ScanAsync(cancellationToken);

            case Operation.SendGet:
                await client.SendAsync(Request(HttpMethod.Get), AnyJson, cancellationToken);
                return null;

            case Operation.SendPut:
                await client.SendAsync(Request(HttpMethod.Put).WithJson(JsonSerializer.SerializeToElement(plan.Number), AnyJson), cancellationToken);
                return null;

            default:
                await client.SendAsync(Request(HttpMethod.Post).WithJson(JsonSerializer.SerializeToElement(plan.Number), AnyJson), AnyJson, cancellationToken);
                return null;
        }
    }

    private GitHubRequest Request(HttpMethod method) => GitHubRequest.Create(method, "/things/{number}", $"{plan.Number}");

    private async Task<string?> ListAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var repository in client.ListRepositoriesAsync(cancellationToken: cancellationToken))
        {
            names.Add(repository.FullName);
        }

        var there = repositories.Where(repository => repository.Kind is not RepositoryKind.Missing).Select(repository => repository.Name);
        return names.Order(StringComparer.Ordinal).SequenceEqual(there.Order(StringComparer.Ordinal), StringComparer.Ordinal) ? null : $"listed {string.Join(", ", names)}";
    }

    private async Task<string?> ScanAsync(CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var result in client.ScanTreesAsync(cancellationToken: cancellationToken))
        {
            var repository = repositories.Single(one => string.Equals(one.Name, result.Repository.FullName, StringComparison.Ordinal));
            if (!seen.Add(repository.Name) || (result.Tree is { } tree && TreeCheck.Wrong(repository, tree, mayBeEmpty: true) is not null) || (result.Tree is null && result.Error is null))
            {
                return $"{repository.Name}: {result.Status} with {result.Tree?.Count} entries, {(seen.Contains(repository.Name) ? "" : "again")}";
            }
        }

        return seen.Count == repositories.Count(one => one.Kind is not RepositoryKind.Missing) ? null : $"{seen.Count} results";
    }

    /// <summary>An error that says what cannot be.</summary>
    private string? Contradiction(ScmException error) =>
        error is ScmEmptyRepositoryException && plan.Repository.Kind is not RepositoryKind.Empty ? $"{plan.Repository.Name} is not empty" : null;
}
