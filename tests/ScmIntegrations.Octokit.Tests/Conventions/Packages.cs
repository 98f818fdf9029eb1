using System.Reflection;

namespace ScmIntegrations.ConventionTests.Conventions;

/// <summary>The package that is checked here, by the same conventions as the others.</summary>
public static class Packages
{
    public static readonly Assembly Library = typeof(Errors.ScmError).Assembly;
    public static readonly Assembly Adapter = typeof(Octokit.IOctokitIntegrationClient).Assembly;

    public static TheoryData<string> Names => [Adapter.GetName().Name!];

    public static IEnumerable<Type> PublicTypes => Adapter.GetExportedTypes();
}
