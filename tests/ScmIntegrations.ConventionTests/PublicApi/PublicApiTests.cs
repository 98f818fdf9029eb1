using System.Reflection;
using ScmIntegrations.ConventionTests.Conventions;

namespace ScmIntegrations.ConventionTests.PublicApi;

/// <summary>
/// The public API is reviewed as text. When it changes on purpose, rewrite the texts and review their difference:
/// <c>UPDATE_PUBLIC_API=1 dotnet test tests/ScmIntegrations.ConventionTests</c>.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly string Directory = typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(one => one.Key is "PublicApiDirectory").Value!;

    [Theory]
    [MemberData(nameof(Packages.Names), MemberType = typeof(Packages))]
    public async Task The_public_api_is_the_reviewed_one(string package)
    {
        var path = Path.Combine(Directory, $"{package}.txt");
        var actual = PublicApiText.Of(Assembly.Load(package));
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") is "1")
        {
            await File.WriteAllTextAsync(path, actual, TestContext.Current.CancellationToken);
        }

        var reviewed = File.Exists(path) ? await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) : "";
        var difference = Difference(reviewed.ReplaceLineEndings("\n"), actual);
        if (difference.Count > 0)
        {
            Assert.Fail(
                $"""
                The public API of {package} is not the reviewed one (- reviewed, + now):

                {string.Join("\n", difference)}

                If the change is meant, rewrite the text and review it: UPDATE_PUBLIC_API=1 dotnet test tests/{typeof(PublicApiTests).Assembly.GetName().Name}
                """);
        }
    }

    [Fact]
    public void A_difference_shows_what_left_and_what_came_below_its_type() =>
        Difference("type A\n    one\n    two\n\ntype B\n    one\n", "type A\n    one\n    three\n\ntype B\n    one\n")
            .Should().Equal("  type A", "+     three", "-     two");

    [Fact]
    public void Signatures_are_written_with_all_that_a_caller_can_depend_on() =>
        PublicApiText.Of(typeof(PublicApiSample), typeof(PublicApiSampleRecord)).Split('\n').Should().Equal(
            "public abstract class ScmIntegrations.ConventionTests.PublicApi.PublicApiSample : IDisposable",
            "    public const int Limit = 3;",
            "    protected PublicApiSample(string? name = null);",
            "    public required IReadOnlyList<string?> Names { get; init; }",
            "    public static void All(params string[] names);",
            "    public virtual void Dispose();",
            "    [Obsolete(\"Gone.\")] public bool Old([NotNullWhen(true)] out string? value);",
            "    public abstract Task<T?> ReadAsync<T>(string key, DayOfWeek day = DayOfWeek.Friday, CancellationToken cancellationToken = default) where T : class;",
            "",
            "public sealed record ScmIntegrations.ConventionTests.PublicApi.PublicApiSampleRecord : IEquatable<PublicApiSampleRecord>",
            "    public PublicApiSampleRecord(long? Id);",
            "    public long? Id { get; init; }",
            "    public void Deconstruct(out long? Id);",
            "");

    private static List<string> Difference(string reviewed, string actual)
    {
        var (before, after) = (Paragraphs(reviewed), Paragraphs(actual));
        var difference = new List<string>();
        foreach (var type in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (old, now) = (before.GetValueOrDefault(type), after.GetValueOrDefault(type));
            var lines = (now ?? []).Except(old ?? [], StringComparer.Ordinal).Select(line => $"+ {line}")
                .Concat((old ?? []).Except(now ?? [], StringComparer.Ordinal).Select(line => $"- {line}"))
                .ToList();
            if (lines.Count > 0 || old is null || now is null)
            {
                difference.Add($"{(old is null ? '+' : now is null ? '-' : ' ')} {type}");
                difference.AddRange(lines);
            }
        }

        return difference;
    }

    private static Dictionary<string, string[]> Paragraphs(string text) => text
        .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        .Select(paragraph => paragraph.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(lines => lines[0], lines => lines[1..], StringComparer.Ordinal);
}
