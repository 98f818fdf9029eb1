using ScmIntegrations.ConventionTests.Rooms.Fixtures.Kitchen;

namespace ScmIntegrations.ConventionTests.Rooms;

public sealed class RoomTests
{
    private const string Kitchen = "ScmIntegrations.ConventionTests.Rooms.Fixtures.Kitchen";
    private const string Cellar = "ScmIntegrations.ConventionTests.Rooms.Fixtures.Cellar";

    private static readonly IReadOnlyCollection<TypeUse> Product = AssemblyUses.Read(typeof(Errors.ScmError).Assembly.Location);
    private static readonly IReadOnlyCollection<TypeUse> Own = AssemblyUses.Read(typeof(RoomTests).Assembly.Location);

    public static TheoryData<string> ForbiddenUses =>
    [
        .. typeof(RoomTests).Assembly.GetTypes()
            .Where(type => type is { IsNested: false, Namespace: Kitchen } && type != typeof(AsLibrary))
            .Select(type => type.Name),
    ];

    [Fact]
    public void No_room_uses_what_it_must_not_know() =>
        RoomCheck.Violations(Product, RoomTable.Rooms, RoomTable.GuardedLibraries).Should().BeEmpty();

    [Fact]
    public void Every_type_stands_in_a_room()
    {
        // What generators and the compiler put at the top level belongs to whoever uses it.
        string[] generated = ["", "System.Text.RegularExpressions.Generated", "System.Runtime.CompilerServices", "Microsoft.CodeAnalysis"];

        Product.Select(use => use.UserNamespace).Distinct(StringComparer.Ordinal)
            .Where(one => !generated.Contains(one, StringComparer.Ordinal) && !RoomTable.Rooms.Any(room => room.Holds(one)))
            .Should().BeEmpty();
    }

    [Fact]
    public void Every_row_of_the_table_is_in_use()
    {
        foreach (var room in RoomTable.Rooms)
        {
            var used = Product.Where(use => room.Holds(use.UserNamespace)).Select(use => use.UsedNamespace).Distinct(StringComparer.Ordinal).ToList();
            used.Should().NotBeEmpty($"{room.Name} has types");
            room.MayUse.Concat(room.Libraries).Where(granted => !used.Any(one => one.StartsWith(granted, StringComparison.Ordinal)))
                .Should().BeEmpty($"{room.Name} uses all that it is granted");
        }
    }

    [Fact]
    public void The_library_stands_on_its_five_packages_alone() =>
        typeof(Errors.ScmError).Assembly.GetReferencedAssemblies().Select(one => one.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal))
            .Should().BeSubsetOf(
            [
                "Polly.Core", "Microsoft.Extensions.Http", "Microsoft.Extensions.Options",
                "Microsoft.Extensions.Logging", "Microsoft.Extensions.Logging.Abstractions",
                "Microsoft.Extensions.Caching.Memory", "Microsoft.Extensions.Caching.Abstractions",
                "Microsoft.Extensions.Configuration.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Diagnostics", "Microsoft.Extensions.Diagnostics.Abstractions",
                "Microsoft.Extensions.Primitives",
            ]);

    [Fact]
    public void The_package_for_PostgreSQL_adds_Npgsql_alone() =>
        typeof(PostgreSQL.PostgreSqlOptions).Assembly.GetReferencedAssemblies().Select(one => one.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal))
            .Should().BeSubsetOf(["ScmIntegrations", "Npgsql", "Microsoft.Extensions.Caching.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions"]);

    [Fact]
    public void The_package_for_ASP_NET_Core_adds_the_framework_alone() =>
        Conventions.Packages.AspNetCore.GetReferencedAssemblies().Select(one => one.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal))
            .Should().BeSubsetOf(
            [
                "ScmIntegrations", "Microsoft.Net.Http.Headers", "Microsoft.Extensions.Features",
                "Microsoft.Extensions.Caching.Abstractions", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.Configuration.Abstractions", "Microsoft.Extensions.Configuration.Binder",
                "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Diagnostics.HealthChecks.Abstractions", "Microsoft.Extensions.Features",
                "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options", "Microsoft.Extensions.Options.ConfigurationExtensions",
                "Microsoft.Extensions.Primitives",
            ],
            "all of them are parts of the shared framework");

    [Fact]
    public void The_fake_does_not_know_the_library_it_tests() =>
        typeof(Testing.FakeGitHub).Assembly.GetReferencedAssemblies().Should().NotContain(one => one.Name == "ScmIntegrations");

    [Theory]
    [MemberData(nameof(ForbiddenUses))]
    public void A_forbidden_use_is_found_wherever_it_hides(string type) =>
        RoomCheck.Violations(Own, [new(Kitchen, [], []), new(Cellar, [], [])], [])
            .Should().Contain(violation => violation.StartsWith($"{Kitchen}.{type}", StringComparison.Ordinal));

    [Fact]
    public void A_guarded_library_is_found() =>
        RoomCheck.Violations(Own, [new(Kitchen, [Cellar], []), new(Cellar, [], [])], ["System.Net.Http"])
            .Should().ContainSingle().Which.Should().Be($"{Kitchen}.{nameof(AsLibrary)}.Make → System.Net.Http.HttpClient");

    [Fact]
    public void What_the_table_allows_is_no_violation() =>
        RoomCheck.Violations(Own, [new(Kitchen, [Cellar], ["System.Net.Http"]), new(Cellar, [], [])], ["System.Net.Http"]).Should().BeEmpty();
}
