using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ScmIntegrations.ConventionTests.PublicApi;

/// <summary>The lines of a type's members, those that its users or heirs can name.</summary>
public static class MemberText
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => string.Create(CultureInfo.InvariantCulture, $"{AttributeText.Of(field)}{field.Name} = {field.GetRawConstantValue()}"));
        }

        return
        [
            .. Sorted(type.GetFields(Declared).Where(IsVisible), Field),
            .. Sorted(type.GetConstructors(Declared).Where(IsVisible), Constructor),
            .. Sorted(type.GetProperties(Declared).Where(IsVisible), Property),
            .. Sorted(type.GetEvents(Declared).Where(one => IsVisible(one.AddMethod!)), Event),
            .. Sorted(type.GetMethods(Declared).Where(IsCallable), Method),
        ];
    }

    private static IEnumerable<string> Sorted<T>(IEnumerable<T> members, Func<T, string> write)
        where T : MemberInfo =>
        members.Select(member => (member.Name, Line: write(member)))
            .OrderBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.Line, StringComparer.Ordinal)
            .Select(one => one.Line);

    private static bool IsVisible(MethodBase method) => method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    private static bool IsVisible(FieldInfo field) => field.IsPublic || ((field.IsFamily || field.IsFamilyOrAssembly) && !field.DeclaringType!.IsSealed);

    private static bool IsVisible(PropertyInfo property) => property.GetAccessors(nonPublic: true).Any(IsVisible) && property.GetCustomAttribute<CompilerGeneratedAttribute>() is null;

    /// <summary>Accessors are told by their properties; equality and printing of a record by the word record.</summary>
    private static bool IsCallable(MethodInfo method) =>
        IsVisible(method)
        && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && (method.Name is "Deconstruct" || method.GetCustomAttribute<CompilerGeneratedAttribute>() is null);

    private static string Field(FieldInfo field) =>
        $"{AttributeText.Of(field)}{Access(field.IsPublic)}{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}"
        + $"{TypeNames.Of(field)} {field.Name}{(field.IsLiteral ? $" = {Literal(field.GetRawConstantValue(), field.FieldType)}" : "")};";

    private static string Constructor(ConstructorInfo constructor) =>
        $"{AttributeText.Of(constructor)}{Access(constructor.IsPublic)}{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)});";

    private static string Property(PropertyInfo property)
    {
        var accessor = property.GetAccessors(nonPublic: true).First(IsVisible);
        var required = property.GetCustomAttribute<RequiredMemberAttribute>() is null ? "" : "required ";
        var indices = property.GetIndexParameters() is { Length: > 0 } parameters ? $"this[{string.Join(", ", parameters.Select(Parameter))}]" : property.Name;
        return $"{AttributeText.Of(property)}{Access(accessor.IsPublic)}{Modifiers(accessor)}{required}{TypeNames.Of(property)} {indices} {{ {Accessors(property)}}}";
    }

    private static string Accessors(PropertyInfo property)
    {
        var get = property.GetMethod is { } getter && IsVisible(getter) ? "get; " : "";
        var set = property.SetMethod is { } setter && IsVisible(setter)
            ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; "
            : "";
        return get + set;
    }

    private static string Event(EventInfo one) => $"{AttributeText.Of(one)}{Access(one.AddMethod!.IsPublic)}{Modifiers(one.AddMethod)}event {TypeNames.Of(one)} {one.Name};";

    private static string Method(MethodInfo method)
    {
        var generics = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(one => one.Name))}>" : "";
        var self = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"{AttributeText.Of(method)}{Access(method.IsPublic)}{Modifiers(method)}{TypeNames.Of(method.ReturnParameter)} {method.Name}{generics}({self}{Parameters(method)}){Constraints(method)};";
    }

    private static string Access(bool isPublic) => isPublic ? "public " : "protected ";

    private static string Modifiers(MethodInfo method) => method switch
    {
        _ when method.DeclaringType!.IsInterface => method.IsAbstract ? "" : "default ",
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true } when method.GetBaseDefinition() != method => method.IsFinal ? "sealed override " : "override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var direction = parameter switch
        {
            { IsOut: true } => "out ",
            { IsIn: true, ParameterType.IsByRef: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        var value = parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue, parameter.ParameterType)}" : "";
        return $"{AttributeText.Of(parameter)}{direction}{TypeNames.Of(parameter)} {parameter.Name}{value}";
    }

    private static string Constraints(MethodInfo method) => string.Concat(
        from parameter in method.IsGenericMethod ? method.GetGenericArguments() : []
        let constraints = Constraints(parameter).ToList()
        where constraints.Count > 0
        select $" where {parameter.Name} : {string.Join(", ", constraints)}");

    private static IEnumerable<string> Constraints(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            yield return "class";
        }

        if (attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            yield return "struct";
        }

        foreach (var constraint in parameter.GetGenericParameterConstraints().Where(one => one != typeof(ValueType)))
        {
            yield return TypeNames.Of(constraint);
        }
    }

    private static string Literal(object? value, Type type) => value switch
    {
        null when type.IsValueType && Nullable.GetUnderlyingType(type) is null => "default",
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ when type.IsEnum => $"{type.Name}.{Enum.ToObject(type, value)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
