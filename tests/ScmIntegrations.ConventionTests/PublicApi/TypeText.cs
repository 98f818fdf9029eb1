using System.Reflection;
using System.Runtime.CompilerServices;

namespace ScmIntegrations.ConventionTests.PublicApi;

/// <summary>The first line of a type: kind, name, what it derives from.</summary>
public static class TypeText
{
    public static string Of(Type type) => AttributeText.Of(type) + $"public {Kind(type)} {TypeNames.InFull(type)}{Bases(type)}";

    public static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance)?.GetCustomAttribute<CompilerGeneratedAttribute>() is not null);

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
        { IsValueType: true } => (type.GetCustomAttribute<IsReadOnlyAttribute>() is null ? "" : "readonly ") + (IsRecord(type) ? "record struct" : "struct"),
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (IsRecord(type) ? "record" : "class"),
    };

    private static string Bases(Type type)
    {
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var indirect = type.GetInterfaces().SelectMany(one => one.GetInterfaces());
        var interfaces = type.IsEnum ? Array.Empty<string>() : (IEnumerable<string>)type.GetInterfaces().Except(inherited).Except(indirect).Select(TypeNames.Of).Order(StringComparer.Ordinal);
        string[] bases =
        [
            .. type.IsEnum ? [TypeNames.Of(Enum.GetUnderlyingType(type))] : Array.Empty<string>(),
            .. type is { IsClass: true, BaseType: { } parent } && parent != typeof(object) ? [TypeNames.Of(parent)] : Array.Empty<string>(),
            .. interfaces,
        ];
        return bases.Length == 0 ? "" : $" : {string.Join(", ", bases)}";
    }
}
