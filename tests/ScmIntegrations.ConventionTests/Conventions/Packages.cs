using System.Reflection;

namespace ScmIntegrations.ConventionTests.Conventions;

/// <summary>The packages that are checked here. Octokit's adapter is checked by its own tests, which have another list in this one's place.</summary>
public static class Packages
{
    public static readonly Assembly Library = typeof(Errors.ScmError).Assembly;
    public static readonly Assembly AspNetCore = typeof(Microsoft.Extensions.DependencyInjection.DataProtectionBuilderExtensions).Assembly;
    public static readonly Assembly PostgreSql = typeof(PostgreSQL.PostgreSqlOptions).Assembly;
    public static readonly Assembly Fake = typeof(Testing.FakeGitHub).Assembly;

    public static TheoryData<string> Names => [.. All.Select(package => package.GetName().Name!)];

    public static IEnumerable<Type> PublicTypes => All.SelectMany(package => package.GetExportedTypes());

    private static Assembly[] All => [Library, AspNetCore, PostgreSql, Fake];
}
