using FsCheck;
using FsCheck.Fluent;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Tests.Properties;

/// <summary>Something is missing exactly when no alternative is granted whole.</summary>
public sealed class PermissionProperties
{
    private static readonly string[] Levels = ["read", "write", "admin"];
    private static readonly Gen<string> Names = Gen.Elements("contents", "issues", "workflows", "metadata");
    private static readonly Gen<int> Ranks = Gen.Choose(0, 2);

    private static readonly Arbitrary<(string Name, int Rank)[][]> Accepted = Property.Lists(Gen.NonEmptyListOf(Names.SelectMany(name => Ranks.Select(rank => (name, rank)))).Select(all => all.ToArray()));

    private static readonly Arbitrary<(string Name, int Rank)[]> Granted = Property.Lists(Names.SelectMany(name => Ranks.Select(rank => (name, rank))));

    [Fact]
    public void Nothing_is_missing_exactly_when_an_alternative_is_covered() => Property.Holds(Property.Pairs(Accepted, Granted), input =>
    {
        var (accepted, granted) = (input.First, Grant(input.Second));

        var missing = PermissionSet.Missing(PermissionSet.Parse(Write(accepted)), granted.ToDictionary(one => one.Key, one => Levels[one.Value], StringComparer.Ordinal));

        var lacking = accepted.Select(alternative => alternative.Where(needed => granted.GetValueOrDefault(needed.Name, -1) < needed.Rank).Select(Write).ToArray()).ToArray();
        (missing.Count == 0).Should().Be(lacking.Length == 0 || lacking.Any(one => one.Length == 0));
        if (missing.Count > 0)
        {
            missing.Should().Equal(lacking.MinBy(one => one.Length), "the first of the nearest alternatives counts");
        }
    });

    [Fact]
    public void What_is_granted_besides_what_was_missing_makes_it_whole() => Property.Holds(Property.Pairs(Accepted, Granted), input =>
    {
        var (accepted, granted) = (PermissionSet.Parse(Write(input.First)), Grant(input.Second).ToDictionary(one => one.Key, one => Levels[one.Value], StringComparer.Ordinal));

        foreach (var needed in PermissionSet.Missing(accepted, granted))
        {
            var (name, level) = (needed.Split('=')[0], needed.Split('=')[1]);
            if (!granted.TryGetValue(name, out var has) || Array.IndexOf(Levels, has) < Array.IndexOf(Levels, level))
            {
                granted[name] = level;
            }
        }

        PermissionSet.Missing(accepted, granted).Should().BeEmpty();
    });

    [Fact]
    public void Any_header_is_read() => Property.Holds(
        Property.Lists(Gen.OneOf(Texts.Piece, Gen.Elements("contents", "=", "read", ",", ";", "allows_permissionless_access=true"))),
        pieces =>
        {
            var accepted = PermissionSet.Parse(string.Concat(pieces));

            accepted.Should().NotContain(alternative => alternative.Count == 0);
            var missing = PermissionSet.Missing(accepted, new Dictionary<string, string>(StringComparer.Ordinal) { ["contents"] = "none" });
            missing.Should().BeSubsetOf(accepted.SelectMany(alternative => alternative));
        });

    private static Dictionary<string, int> Grant((string Name, int Rank)[] granted) => granted.GroupBy(one => one.Name, StringComparer.Ordinal).ToDictionary(one => one.Key, one => one.First().Rank, StringComparer.Ordinal);

    private static string Write((string Name, int Rank)[][] accepted) => string.Join("; ", accepted.Select(alternative => string.Join(',', alternative.Select(Write))));

    private static string Write((string Name, int Rank) permission) => $"{permission.Name}={Levels[permission.Rank]}";
}
