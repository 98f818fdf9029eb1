using System.Reflection;

namespace ScmIntegrations.ConventionTests.PublicApi;

/// <summary>The public face of an assembly as text: a type a paragraph, a member a line.</summary>
public static class PublicApiText
{
    public static string Of(Assembly assembly) => Of(assembly.GetExportedTypes());

    public static string Of(params IEnumerable<Type> types) => string.Join(
        "\n",
        types.OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => $"{TypeText.Of(type)}\n{string.Concat(MemberText.Of(type).Select(line => $"    {line}\n"))}"));
}
