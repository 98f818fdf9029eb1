using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Octokit;

namespace ScmIntegrations.Octokit.Tests.Infrastructure;

/// <summary>A value for any parameter of Octokit's, good enough for a request to be sent.</summary>
internal static class SampleArgument
{
    public const string Text = "acme";

    public static object? Of(ParameterInfo parameter) => parameter.ParameterType == typeof(string) ? OfText(parameter.Name) : Of(parameter.ParameterType, depth: 0);

    // What Octokit's own constructors check.
    private static string OfText(string? parameter) => parameter switch
    {
        "reference" or "ref" => "refs/heads/main",
        "color" => "ffffff",
        "accepts" or "contentType" => "application/json",
        _ => Text,
    };

    private static object? Of(Type type, int depth)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying, depth);
        }

        return type switch
        {
            _ when type == typeof(string) => Text,
            _ when type == typeof(int) => 1,
            _ when type == typeof(long) => 1L,
            _ when type == typeof(TimeSpan) => TimeSpan.FromMinutes(1),
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch,
            _ when type == typeof(Uri) => new Uri("repos/acme/api", UriKind.Relative),
            _ when type == typeof(object) => new { text = Text },
            _ when type == typeof(Stream) => new MemoryStream([1, 2, 3]),
            _ when type == typeof(ApiOptions) => new ApiOptions(),
            _ when type == typeof(Credentials) => new Credentials(Text),
            { IsEnum: true } => Enum.GetValuesAsUnderlyingType(type).GetValue(0) is { } first ? Enum.ToObject(type, first) : null,
            { IsValueType: true } => RuntimeHelpers.GetUninitializedObject(type),
            _ when ElementOf(type) is { } element => ListOf(type, element, depth),
            { IsInterface: true } when type.IsGenericType && type.Name.Contains("Dictionary", StringComparison.Ordinal) => Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(type.GetGenericArguments())),
            { IsClass: true, IsAbstract: false } when !typeof(Delegate).IsAssignableFrom(type) => OfClass(type, depth),
            _ => null,
        };
    }

    private static Type? ElementOf(Type type) => type switch
    {
        { IsArray: true } => type.GetElementType(),
        { IsGenericType: true } when type.GetGenericArguments() is [var element] && typeof(IEnumerable).IsAssignableFrom(type) => element,
        _ => null,
    };

    private static object ListOf(Type type, Type element, int depth)
    {
        var items = Array.CreateInstance(element, 1);
        items.SetValue(Of(element, depth + 1), 0);
        return type.IsInstanceOfType(items) ? items : Activator.CreateInstance(typeof(List<>).MakeGenericType(element), items)!;
    }

    private static object? OfClass(Type type, int depth)
    {
        foreach (var constructor in type.GetConstructors().Where(_ => depth <= 3).OrderByDescending(constructor => constructor.GetParameters().Length))
        {
            try
            {
                return Filled(constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.ParameterType == typeof(string) ? OfText(parameter.Name) : Of(parameter.ParameterType, depth + 1))]));
            }
            catch (Exception exception) when (exception is TargetInvocationException or ArgumentException)
            {
                // Another constructor may want less.
            }
        }

        return RuntimeHelpers.GetUninitializedObject(type);
    }

    /// <summary>Some requests refuse to be sent while a property of theirs is null.</summary>
    private static object Filled(object made)
    {
        foreach (var property in made.GetType().GetProperties().Where(one => one.SetMethod is not null && one.GetIndexParameters().Length == 0 && typeof(IEnumerable).IsAssignableFrom(one.PropertyType) && one.GetValue(made) is null))
        {
            property.SetValue(made, Of(property.PropertyType, depth: 1));
        }

        return made;
    }
}
