using System.Collections;

namespace ScmIntegrations.LoadTests.Running;

/// <summary>Things that are disposed of together.</summary>
internal sealed class DisposableList<T>(IReadOnlyList<T> items) : IReadOnlyList<T>, IAsyncDisposable
    where T : IAsyncDisposable
{
    public int Count => items.Count;

    public T this[int index] => items[index];

    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public async ValueTask DisposeAsync()
    {
        foreach (var item in items)
        {
            await item.DisposeAsync();
        }
    }
}
