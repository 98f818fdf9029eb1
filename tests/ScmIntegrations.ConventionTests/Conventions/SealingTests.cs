using System.Reflection;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.Errors;

namespace ScmIntegrations.ConventionTests.Conventions;

public sealed class SealingTests
{
    private const string ProviderTwin = "An error that a platform relays from a provider derives from it, so that one catch sees both.";

    /// <summary>Classes that may be derived from, and why. Whatever is open has to stay compatible with heirs nobody knows.</summary>
    private static readonly Dictionary<Type, string> Open = new()
    {
        [typeof(ScmException)] = "The root of the family.",
        [typeof(ScmConflictException)] = "An empty repository is a conflict.",
        [typeof(ScmForbiddenException)] = "A missing permission is forbidden.",
        [typeof(ScmTransportException)] = "A timeout is a transport error.",
        [typeof(ScmNotFoundException)] = ProviderTwin,
        [typeof(ScmPermissionException)] = ProviderTwin,
        [typeof(ScmRateLimitException)] = ProviderTwin,
        [typeof(ScmServerException)] = ProviderTwin,
        [typeof(ScmUnauthorizedException)] = ProviderTwin,
        [typeof(ScmValidationException)] = ProviderTwin,
    };

    /// <summary>Abstract classes that a user may derive from, and why an interface would not do.</summary>
    private static readonly Dictionary<Type, string> Bases = new()
    {
        [typeof(CodingAgentClient)] = "A further agent speaks its own API and nothing else: interactions, single starts and waiting are the base's.",
    };

    [Fact]
    public void Public_classes_are_sealed_unless_there_is_a_reason() =>
        Packages.PublicTypes.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false }).Should().BeEquivalentTo(Open.Keys);

    [Fact]
    public void Abstract_classes_cannot_be_derived_from_outside() =>
        Packages.PublicTypes.Where(type => type is { IsClass: true, IsAbstract: true, IsSealed: false })
            .Where(type => !type.GetMethods(BindingFlags.Instance | BindingFlags.NonPublic).Any(method => method is { IsAbstract: true, IsAssembly: true }))
            .Should().BeEquivalentTo(Bases.Keys, "a user implements interfaces");
}
