using System.Collections.Concurrent;
using System.Reflection;
using Octokit;
using ScmIntegrations.Octokit.Calls;

namespace ScmIntegrations.Octokit.Arguments;

/// <summary>
/// Stands before one of Octokit's clients and those it leads to. Every argument is looked at before anything is sent, and every call is
/// known as one, whatever number of requests it takes. <see cref="DispatchProxy"/> makes it, so it is neither sealed nor built by a constructor.
/// </summary>
internal class CheckedClient : DispatchProxy
{
    private readonly ConcurrentDictionary<MethodInfo, object> _parts = new();
    private object _client = null!;
    private OctokitCalls _calls = null!;

    /// <summary>Puts a check before a client.</summary>
    /// <typeparam name="T">The client's interface.</typeparam>
    public static T Of<T>(T client, OctokitCalls calls)
        where T : class => (T)(object)Of(typeof(T), client, calls);

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = targetMethod!;
        if (IsPart(method))
        {
            return _parts.GetOrAdd(method, static (one, self) => Of(one.ReturnType, self.Call(one, [])!, self._calls), this);
        }

        Check(method.GetParameters(), args ?? []);
        return _calls.BeginCall(() => Call(method, args));
    }

    private static CheckedClient Of(Type type, object client, OctokitCalls calls)
    {
        var checkedClient = (CheckedClient)Create(type, typeof(CheckedClient));
        (checkedClient._client, checkedClient._calls) = (client, calls);
        return checkedClient;
    }

    /// <summary>A property that leads to another of Octokit's clients. The connection is none: it takes addresses, which are looked at when they are sent.</summary>
    private static bool IsPart(MethodInfo method) =>
        method is { IsSpecialName: true, ReturnType.IsInterface: true }
        && method.ReturnType != typeof(IConnection)
        && method.ReturnType.Assembly == typeof(IGitHubClient).Assembly;

    private static void Check(ParameterInfo[] parameters, object?[] arguments)
    {
        foreach (var (parameter, argument) in parameters.Zip(arguments))
        {
            if (argument is string text)
            {
                ArgumentRules.Check(ArgumentTable.ShapeOf(parameter.Name!), text, parameter.Name!);
            }
            else if (argument is not null)
            {
                foreach (var (shape, name, value) in RequestValues.Of(argument))
                {
                    ArgumentRules.Check(shape, value, $"{parameter.Name} ({name})");
                }
            }
        }
    }

    private object? Call(MethodInfo method, object?[]? arguments) =>
        method.Invoke(_client, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}
