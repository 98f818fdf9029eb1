using System.Reflection;
using ScmIntegrations.GitHub;

namespace InventoryService.Tests;

// snippet:double
/// <summary>A client by hand: a test gives the calls that it expects, every other one fails.</summary>
public class GitHubDouble : DispatchProxy
{
    private readonly Dictionary<string, Func<object?[], object?>> _calls = new(StringComparer.Ordinal);

    public static IGitHubIntegrationClient With(string method, Func<object?[], object?> call)
    {
        var client = Create<IGitHubIntegrationClient, GitHubDouble>();
        ((GitHubDouble)client)._calls[method] = call;
        return client;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _calls.TryGetValue(targetMethod!.Name, out var call)
            ? call(args ?? [])
            : throw new NotSupportedException($"The test does not expect {targetMethod.Name}.");
}
// end-snippet
