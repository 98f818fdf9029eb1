using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json.Serialization;

namespace ScmIntegrations.ConventionTests.PublicApi;

/// <summary>The attributes that a caller, a compiler or a serialiser acts on.</summary>
public static class AttributeText
{
    private static readonly Type[] Telling =
    [
        typeof(FlagsAttribute), typeof(ObsoleteAttribute), typeof(ExperimentalAttribute), typeof(EditorBrowsableAttribute), typeof(SetsRequiredMembersAttribute),
        typeof(RequiresUnreferencedCodeAttribute), typeof(RequiresDynamicCodeAttribute), typeof(JsonPropertyNameAttribute), typeof(JsonIgnoreAttribute),
        typeof(NotNullWhenAttribute), typeof(MaybeNullWhenAttribute), typeof(NotNullIfNotNullAttribute), typeof(NotNullAttribute), typeof(MaybeNullAttribute),
        typeof(AllowNullAttribute), typeof(DisallowNullAttribute), typeof(DoesNotReturnAttribute), typeof(MemberNotNullWhenAttribute), typeof(MemberNotNullAttribute),
    ];

    public static string Of(MemberInfo member) => Of(member.CustomAttributes);

    public static string Of(ParameterInfo parameter) => Of(parameter.CustomAttributes);

    private static string Of(IEnumerable<CustomAttributeData> attributes) => string.Concat(attributes
        .Where(one => Telling.Contains(one.AttributeType) && !IsCompilers(one))
        .Select(one => $"[{one.AttributeType.Name[..^"Attribute".Length]}{Arguments(one)}] ")
        .Order(StringComparer.Ordinal));

    /// <summary>On a constructor that leaves required members to its caller, for compilers before C# 11.</summary>
    private static bool IsCompilers(CustomAttributeData attribute) =>
        attribute.AttributeType == typeof(ObsoleteAttribute)
        && attribute.ConstructorArguments is [{ Value: string reason }, ..]
        && reason.StartsWith("Constructors of types with required members", StringComparison.Ordinal);

    private static string Arguments(CustomAttributeData attribute)
    {
        var arguments = attribute.ConstructorArguments.Select(one => one.Value is bool truth ? truth ? "true" : "false" : one.ToString()).Concat(attribute.NamedArguments.Select(one => one.ToString())).ToList();
        return arguments.Count == 0 ? "" : $"({string.Join(", ", arguments)})";
    }
}
