using System.Reflection;
using Octokit;

namespace ScmIntegrations.Octokit.Tests.Infrastructure;

/// <summary>One method of one of Octokit's interfaces, and the way to it from the client.</summary>
internal sealed record OctokitMethod(IReadOnlyList<PropertyInfo> Way, MethodInfo Method)
{
    /// <summary>Every method that can be reached from <see cref="IGitHubClient"/>.</summary>
    public static IReadOnlyList<OctokitMethod> All { get; } = [.. Walk(typeof(IGitHubClient), [], [])];

    public ParameterInfo[] Parameters => Method.GetParameters();

    public override string ToString() =>
        $"{string.Concat(Way.Select(property => $"{property.Name}."))}{Method.Name}({string.Join(", ", Parameters.Select(parameter => $"{parameter.ParameterType.Name} {parameter.Name}"))})";

    /// <summary>Calls it with sample arguments.</summary>
    /// <param name="client">The client to start from.</param>
    /// <param name="replaced">A parameter to give another value.</param>
    /// <param name="value">That value.</param>
    public Task CallAsync(IGitHubClient client, ParameterInfo? replaced = null, object? value = null)
    {
        var target = Way.Aggregate((object)client, (one, property) => property.GetValue(one)!);
        var arguments = Parameters.Select(parameter => parameter == replaced ? value : SampleArgument.Of(parameter)).ToArray();
        return Method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null) as Task ?? Task.CompletedTask;
    }

    private static IEnumerable<OctokitMethod> Walk(Type type, IReadOnlyList<PropertyInfo> way, HashSet<Type> seen)
    {
        if (!seen.Add(type))
        {
            return [];
        }

        Type[] types = [type, .. type.GetInterfaces()];
        var methods = types.SelectMany(one => one.GetMethods()).Where(method => !method.IsSpecialName).Select(method => new OctokitMethod(way, Closed(method)));
        var further = types.SelectMany(one => one.GetProperties())
            .Where(property => property.PropertyType is { IsInterface: true, Namespace: "Octokit" } && property.GetMethod is not null && (property.Name is "Connection" || property.PropertyType.Name.EndsWith("Client", StringComparison.Ordinal)))
            .SelectMany(property => Walk(property.PropertyType, [.. way, property], seen));
        return methods.Concat(further);
    }

    private static MethodInfo Closed(MethodInfo method) => method.IsGenericMethodDefinition ? method.MakeGenericMethod(typeof(object)) : method;
}
