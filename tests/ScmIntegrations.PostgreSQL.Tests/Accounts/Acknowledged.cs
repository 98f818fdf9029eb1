using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.PostgreSQL.Tests.Instances;

namespace ScmIntegrations.PostgreSQL.Tests.Accounts;

/// <summary>What writers have said that they wrote.</summary>
internal sealed class Acknowledged
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private (int Count, TaskCompletionSource Reached)? _wanted;
    private int _count;

    /// <summary>How many writes.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Waits for as many writes.</summary>
    public Task ReachesAsync(int count)
    {
        lock (_gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _wanted = (count, reached);
            return reached.Task;
        }
    }

    public void Add(string line)
    {
        if (Acknowledgement.Read(line) is { } done)
        {
            Add(done);
        }
    }

    public void Add(Acknowledgement done)
    {
        lock (_gate)
        {
            _versions[done.Identifier] = done.Version;
            _count++;
            if (_wanted is { } wanted && _count >= wanted.Count)
            {
                wanted.Reached.TrySetResult();
            }
        }
    }

    /// <summary>All of it is there, in its version or the next one, whose answer may be what was lost; what was removed is gone.</summary>
    public async Task CheckAsync(IAccountStore store)
    {
        foreach (var (identifier, version) in _versions)
        {
            var stored = await store.FindCredentialAsync(CrashWriter.Identity(identifier), TestContext.Current.CancellationToken);
            if (version == Acknowledgement.Removed)
            {
                stored.Should().BeNull($"{identifier} was removed");
            }
            else if (version != Acknowledgement.Removing)
            {
                stored.Should().NotBeNull($"{identifier} was acknowledged");
                stored!.Account.Version.Should().BeInRange(version, version + 1, $"{identifier} was acknowledged");
                await CrashWriter.CheckAsync(stored);
            }
        }
    }
}
