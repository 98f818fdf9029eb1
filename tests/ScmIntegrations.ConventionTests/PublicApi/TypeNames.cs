using System.Reflection;

namespace ScmIntegrations.ConventionTests.PublicApi;

/// <summary>Writes types as C# writes them, nullability included; short for the framework's and our own, in full for those of dependencies.</summary>
public static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
    };

    public static string Of(Type type) => Of(type, nullability: null);

    public static string InFull(Type type) => type.IsNested ? $"{InFull(type.DeclaringType!)}.{Of(type).Split('.')[^1]}" : $"{type.Namespace}.{Of(type)[(IsFamiliar(type) ? 0 : type.Namespace!.Length + 1)..]}";

    public static string Of(ParameterInfo parameter) => Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter), writes: parameter.Position >= 0);

    public static string Of(PropertyInfo property) => Of(property.PropertyType, new NullabilityInfoContext().Create(property), writes: property.GetMethod is null);

    public static string Of(FieldInfo field) => Of(field.FieldType, new NullabilityInfoContext().Create(field));

    public static string Of(EventInfo one) => Of(one.EventHandlerType!, new NullabilityInfoContext().Create(one));

    private static string Of(Type type, NullabilityInfo? nullability, bool writes = false)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability, writes);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying, nullability?.GenericTypeArguments is [var argument] ? argument : null) + "?";
        }

        var mark = CanBeMarked(type) && (writes ? nullability?.WriteState : nullability?.ReadState) == NullabilityState.Nullable ? "?" : "";
        return type.IsArray ? $"{Of(type.GetElementType()!, nullability?.ElementType)}[]{mark}" : Named(type, nullability) + mark;
    }

    private static string Named(Type type, NullabilityInfo? nullability)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        var name = type.IsNested ? $"{Of(type.DeclaringType!)}.{type.Name}" : IsFamiliar(type) ? type.Name : $"{type.Namespace}.{type.Name}";
        if (!type.IsGenericType)
        {
            return name;
        }

        var arguments = type.GetGenericArguments().Select((argument, index) => Of(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(index)));
        return $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", arguments)}>";
    }

    /// <summary>A type parameter that may stand for a value type is nullable in the eyes of the framework, marked or not.</summary>
    private static bool CanBeMarked(Type type) =>
        !type.IsValueType && (!type.IsGenericParameter || type.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint));

    private static bool IsFamiliar(Type type) => type.Namespace!.Split('.')[0] is "System" or "ScmIntegrations";
}
