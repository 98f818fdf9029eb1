using System.Reflection;

namespace ScmIntegrations.ConventionTests.Conventions;

/// <summary>What a type shows to the world.</summary>
public static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The methods that a user or an heir can call, and that this type is the first to name.</summary>
    public static IEnumerable<MethodInfo> Methods(Type type) => type.GetMethods(Declared)
        .Where(method => IsVisible(method) && method.GetBaseDefinition() == method && !ComesFromElsewhere(method));

    /// <summary>All types that a user meets in the signatures of a type, type arguments included.</summary>
    public static IEnumerable<Type> Mentioned(Type type)
    {
        var methods = type.GetMethods(Declared).Where(IsVisible).ToList();
        return methods.Select(method => method.ReturnType)
            .Concat(methods.SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType))
            .Concat(type.GetConstructors(Declared).Where(IsVisible).SelectMany(one => one.GetParameters()).Select(parameter => parameter.ParameterType))
            .Concat(type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily).Select(field => field.FieldType))
            .Concat(type.GetInterfaces())
            .Append(type.BaseType ?? typeof(object))
            .SelectMany(Flatten)
            .Distinct();
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    /// <summary>Whether an interface of the framework dictates the method's shape, as with <see cref="IAsyncDisposable"/>.</summary>
    private static bool ComesFromElsewhere(MethodInfo method) =>
        method.DeclaringType is { IsInterface: false } type
        && type.GetInterfaces().Where(one => one.Assembly != type.Assembly).Any(one => type.GetInterfaceMap(one).TargetMethods.Contains(method));

    private static IEnumerable<Type> Flatten(Type type) => type switch
    {
        { HasElementType: true } => Flatten(type.GetElementType()!),
        { IsGenericType: true } => type.GetGenericArguments().SelectMany(Flatten).Prepend(type.GetGenericTypeDefinition()),
        { IsGenericParameter: true } => type.GetGenericParameterConstraints().SelectMany(Flatten),
        _ => [type],
    };
}
