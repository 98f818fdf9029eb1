using System.Globalization;
using ScmIntegrations.ConventionTests.Rooms.Fixtures.Cellar;

// One forbidden use a type, each hidden in another place. They are read, never run.
#pragma warning disable CA1822, CA1812, CA1852, CA1034, CA1051

namespace ScmIntegrations.ConventionTests.Rooms.Fixtures.Kitchen;

public sealed class AsBaseType : Wine;

public sealed class AsInterface : IWine;

[Wine]
public sealed class AsAnnotation;

public sealed class AsConstraint<T>
    where T : IWine;

public sealed class AsField
{
    public readonly IReadOnlyDictionary<string, Wine[]>? Wines;
}

public sealed class AsParameter
{
    public void Take(Func<Task<Wine?>> wine) => ArgumentNullException.ThrowIfNull(wine);
}

public sealed class AsResult
{
    public Wine? Give() => null;
}

public sealed class AsTypeArgument
{
    public object Make() => new List<Wine>();
}

public sealed class AsMethodTypeArgument
{
    public object Make() => Array.Empty<Wine>();
}

public sealed class AsStaticCall
{
    public int Read() => Wine.Count;
}

public sealed class AsGenericCall
{
    public int Read() => Wine.Pour(1);
}

public sealed class AsStaticField
{
    public object Read() => Wine.Red;
}

public sealed class AsTypeOf
{
    public string Read() => typeof(IWine).Name;
}

public sealed class AsTypeTest
{
    public bool Test(object glass) => glass is Wine;
}

public sealed class AsCatchClause
{
    public void Read(Action pour)
    {
        try
        {
            pour();
        }
        catch (WineException)
        {
        }
    }
}

public sealed class InLambda
{
    public Func<string> Read(int offset) => () => (Wine.Count + offset).ToString(CultureInfo.InvariantCulture);
}

public sealed class InLocalFunction
{
    public int Read()
    {
        return Count();

        static int Count() => Wine.Count;
    }
}

public sealed class InAsyncMethod
{
    public async Task<int> ReadAsync()
    {
        await Task.Yield();
        return Wine.Count;
    }
}

public sealed class InIterator
{
    public IEnumerable<int> Read()
    {
        yield return Wine.Count;
    }
}

public sealed class InNestedType
{
    private static class Hidden
    {
        public static int Read() => Wine.Count;
    }
}

/// <summary>Uses no room, but a library.</summary>
public sealed class AsLibrary
{
    public object Make() => new HttpClient();
}
