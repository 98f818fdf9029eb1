using System.Buffers;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Trees.Columns;

/// <summary>An array from the shared pool that grows as it is filled.</summary>
internal struct Borrowed<T>()
    where T : unmanaged
{
    private const int FirstLength = 64;

    /// <summary>The array; longer than what was asked for, with anything in what has not been written.</summary>
    public T[] Array { get; private set; } = [];

    /// <summary>Makes room behind what is used.</summary>
    /// <exception cref="BodyTooLargeException">No array is that long.</exception>
    public void Grow(int used, long more)
    {
        if (Array.Length - used >= more)
        {
            return;
        }

        if (used + more > System.Array.MaxLength)
        {
            throw new BodyTooLargeException(System.Array.MaxLength);
        }

        var larger = ArrayPool<T>.Shared.Rent((int)Math.Min(System.Array.MaxLength, Math.Max(used + more, Math.Max(FirstLength, 2L * Array.Length))));
        Array.AsSpan(0, used).CopyTo(larger);
        Return();
        Array = larger;
    }

    /// <summary>A copy without an element to spare. It need not be cleared first, as all of it is written.</summary>
    public readonly T[] Fit(int length)
    {
        var fitting = length == 0 ? [] : GC.AllocateUninitializedArray<T>(length);
        Array.AsSpan(0, length).CopyTo(fitting);
        return fitting;
    }

    /// <summary>Gives the array back.</summary>
    public void Return()
    {
        if (Array.Length > 0)
        {
            ArrayPool<T>.Shared.Return(Array);
        }

        Array = [];
    }
}
