using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScmIntegrations.ConventionTests.Conventions;

namespace ScmIntegrations.Octokit.Tests.Conventions;

/// <summary>What holds for the adapter alone; what holds for every package is linked from the tests of the conventions.</summary>
public sealed class AdapterConventionTests
{
    private static readonly string Registrations = typeof(IServiceCollection).Namespace!;
    private static readonly Assembly Octokit = typeof(global::Octokit.IGitHubClient).Assembly;

    [Fact]
    public void Public_classes_are_sealed_or_static() =>
        Packages.PublicTypes.Where(type => type is { IsClass: true, IsSealed: false }).Should().BeEmpty();

    [Fact]
    public void No_member_is_required() =>
        Packages.PublicTypes.SelectMany(type => type.GetMembers()).Where(member => member.IsDefined(typeof(RequiredMemberAttribute))).Should().BeEmpty();

    [Fact]
    public void The_package_adds_Octokit_alone() => Packages.Adapter.GetReferencedAssemblies().Select(one => one.Name!)
        .Where(name => !name.StartsWith("System.", StringComparison.Ordinal))
        .Should().BeSubsetOf(["ScmIntegrations", "Octokit", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Options"]);

    [Fact]
    public void Signatures_name_the_framework_this_library_and_Octokit() => (
        from type in Packages.PublicTypes
        from mentioned in PublicSurface.Mentioned(type)
        where mentioned.Assembly != Packages.Adapter && mentioned.Assembly != Packages.Library && mentioned.Assembly != Octokit
        where !$"{mentioned.Namespace}.".StartsWith("System.", StringComparison.Ordinal)
        select $"{type.Name}: {mentioned.FullName}").Should().BeEmpty();

    // Whoever uses both has the namespaces of both open.
    [Fact]
    public void No_name_is_Octokits_as_well() =>
        Packages.PublicTypes.Concat(Packages.Library.GetExportedTypes()).Where(type => !type.IsNested).Select(type => type.Name)
            .Intersect(Octokit.GetExportedTypes().Where(type => !type.IsNested).Select(type => type.Name), StringComparer.Ordinal)
            .Should().BeEmpty();

    [Fact]
    public void Registrations_stand_where_they_are_found() =>
        Packages.PublicTypes.Where(type => type is { IsAbstract: true, IsSealed: true } && type.GetMethods().Any(IsRegistration))
            .Select(type => type.Namespace).Distinct(StringComparer.Ordinal).Should().Equal(Registrations);

    // docs/telemetry.md lists every log line of the other packages; what happens on the line is logged there.
    [Fact]
    public void The_adapter_writes_no_log_lines_of_its_own() => (
        from type in Packages.Adapter.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.IsDefined(typeof(LoggerMessageAttribute))
        select $"{type.Name}.{method.Name}").Should().BeEmpty();

    private static bool IsRegistration(MethodInfo method) =>
        method.IsDefined(typeof(ExtensionAttribute)) && string.Equals(method.GetParameters()[0].ParameterType.Namespace, Registrations, StringComparison.Ordinal);
}
