using System.Runtime.CompilerServices;
using ScmIntegrations.GitHub;

[assembly: AssemblyFixture(typeof(ScmIntegrations.Tests.Infrastructure.FreshStatics))]

namespace ScmIntegrations.Tests.Infrastructure;

/// <summary>
/// For mutation testing alone. The runner keeps a process for many mutants, so a table would stay as the mutant made it that was
/// active when it was first read: every later mutant would look killed, and a mutant of the table itself would look alive.
/// So every run builds the tables anew.
/// </summary>
public sealed class FreshStatics
{
    private static readonly string[] Mutated = ["ScmIntegrations.GitHub.Answers", "ScmIntegrations.Resilience", "ScmIntegrations.Resilience.Limits", "ScmIntegrations.Resilience.Retries", "ScmIntegrations.Resilience.Sharing", "ScmIntegrations.Http"];

    public FreshStatics()
    {
        foreach (var type in typeof(RepositoryRef).Assembly.GetTypes().Where(type => Mutated.Contains(type.Namespace, StringComparer.Ordinal)))
        {
            if (!type.IsNested && !type.ContainsGenericParameters && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            {
                type.TypeInitializer?.Invoke(null, null);
            }
        }
    }
}
