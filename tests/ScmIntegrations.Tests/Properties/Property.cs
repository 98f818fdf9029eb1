using FsCheck;
using FsCheck.Fluent;

namespace ScmIntegrations.Tests.Properties;

/// <summary>
/// Statements about every input. A failure names the seed and the smallest input that was found; put the seed into
/// <see cref="Config"/> by <c>WithReplay</c> to meet it again.
/// </summary>
internal static class Property
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true);

    /// <summary>Tries the statement, which throws where it does not hold, on many inputs.</summary>
    public static void Holds<T>(Arbitrary<T> of, Action<T> statement) => Check.One(Config, Prop.ForAll(of, statement));

    /// <summary>Lists of what is drawn, from none to many, that shrink by leaving elements out.</summary>
    public static Arbitrary<T[]> Lists<T>(Gen<T> of) => Arb.From(Gen.ArrayOf(of), LeaveOneOut);

    /// <summary>Two inputs, each of which shrinks by itself.</summary>
    public static Arbitrary<(T1 First, T2 Second)> Pairs<T1, T2>(Arbitrary<T1> first, Arbitrary<T2> second) => Arb.From(
        first.Generator.SelectMany(one => second.Generator.Select(other => (one, other))),
        pair => first.Shrinker(pair.Item1).Select(smaller => (smaller, pair.Item2)).Concat(second.Shrinker(pair.Item2).Select(smaller => (pair.Item1, smaller))));

    /// <summary>Whatever the library draws for a type, nulls and extremes included.</summary>
    public static Arbitrary<T> Any<T>() => ArbMap.Default.ArbFor<T>();

    private static IEnumerable<T[]> LeaveOneOut<T>(T[] all) =>
        Enumerable.Range(0, all.Length).Select(index => all.Where((_, at) => at != index).ToArray());
}
